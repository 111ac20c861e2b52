import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { assigned, audited, received, reopened, resolved, responded } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, serviceOf } from './test-unit.ts'

// Closing early: a complaint is closed as fixed before anything was done (domain.md 2.4).

const opened = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A')]
const undone = [...opened, responded('2026-07-09 09:00')]
const fixed = [...opened, responded('2026-07-07 09:00'), resolved('2026-07-10 14:00')]
const closedEarly = [...opened, resolved('2026-07-07 09:00')]
const closedInSilence = [...opened, responded('2026-07-07 09:00'), resolved('2026-07-07 09:10', 'A', 'closed_silent')]
const lookedAt = (events: readonly KnownEvent[], result: 'verified' | 'not_fixed') => [
  ...events,
  audited('2026-07-20 09:00', { auditorUnitId: 'K', result }),
]

/** How many of the unit's complaints were easy and how many hard, and of each how many were drawn for an audit: one hard one at least. */
const quarter = fc
  .record({ easy: fc.integer({ min: 0, max: 15 }), hard: fc.integer({ min: 1, max: 15 }) })
  .chain(({ easy, hard }) =>
    fc.record({
      easy: fc.constant(easy),
      hard: fc.constant(hard),
      easyDrawn: fc.integer({ min: 0, max: easy }),
      hardDrawn: fc.integer({ min: 1, max: hard }),
    }),
  )
type Quarter = typeof quarter extends fc.Arbitrary<infer Q> ? Q : never

/** The easy ones are fixed; the hard ones end as told, those drawn with what the audit finds there. */
const unit = (
  { easy, hard, easyDrawn, hardDrawn }: Quarter,
  end: readonly KnownEvent[],
  found: 'verified' | 'not_fixed',
) => [
  ...times(easy - easyDrawn, fixed),
  ...times(easyDrawn, lookedAt(fixed, 'verified')),
  ...times(hard - hardDrawn, end),
  ...times(hardDrawn, lookedAt(end, found)),
]
const times = (n: number, events: readonly KnownEvent[]) => Array.from({ length: n }, () => events)

describe('closing early', () => {
  it.each([
    ['as fixed', closedEarly],
    ['in silence', closedInSilence],
  ] as const)('%s gains less than fixing wherever one of the closures is looked at', (_, end) => {
    fc.assert(
      fc.property(quarter, (drawn) => {
        const [game, honest] = [serviceOf(unit(drawn, end, 'not_fixed')), serviceOf(unit(drawn, fixed, 'verified'))]
        expect(game.points).toBeLessThan(honest.points)
        const looks = drawn.easyDrawn + drawn.hardDrawn
        expect(counted(game, 'S3')).toBe(`${drawn.easyDrawn}/${looks}`)
        expect(counted(honest, 'S3')).toBe(`${looks}/${looks}`)
      }),
      { numRuns: 40 },
    )
  })

  it('resolves nothing once a reporter reopens it, and raises S8', () => {
    const back = [...closedEarly, reopened('2026-07-15 09:00')]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 10 }), (easy, hard) => {
        const [game, honest] = [back, fixed].map((end) => serviceOf([...times(easy, fixed), ...times(hard, end)]))
        const left = serviceOf([...times(easy, fixed), ...times(hard, undone)])
        if (game === undefined || honest === undefined) throw new Error('no figures')
        expect(game.points).toBeLessThan(honest.points)
        expect(counted(game, 'S2')).toBe(counted(left, 'S2'))
        expect([counted(game, 'S8'), counted(honest, 'S8')]).toEqual([`${hard}/${easy + hard}`, `0/${easy + hard}`])
      }),
      { numRuns: 40 },
    )
  })

  it('is not made true by the unit’s own audit', () => {
    const self = [...closedEarly, audited('2026-07-20 09:00', { auditorUnitId: 'A', result: 'verified' })]
    expect(serviceOf([self])).toEqual(serviceOf([closedEarly]))
  })

  it('counts in the week in which it fell due, so that closing sooner puts it into no better week', () => {
    expect(counted(serviceOf([closedEarly]), 'S2')).toBe(counted(serviceOf([fixed]), 'S2'))
  })

  it('cannot be told from fixing while nobody looks and nobody comes back: then S3 has no row', () => {
    const [game, honest] = [serviceOf([closedEarly, closedEarly]), serviceOf([fixed, fixed])]
    expect(game.points).toBeCloseTo(honest.points, 9)
    expect(counted(game, 'S3')).toBe('0/0')
  })
})
