import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { assigned, invited, rated, received, resolved, responded } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, serviceOf, share } from './test-unit.ts'

// Picking survey guests: only those are asked who will be content (domain.md 2.4).

const settled = [
  received('2026-07-06 10:00'),
  assigned('2026-07-06 10:30', 'A'),
  responded('2026-07-08 09:00'),
  resolved('2026-07-10 14:00'),
]
const asked = invited('2026-07-11 09:00', 'A')
const content = rated('2026-07-13 09:00', 'A', { conduct: 4, procedure: 4, time: 4 })
const discontent = rated('2026-07-13 09:00', 'A', { conduct: 1, procedure: 2, time: 1 })
const some = fc.integer({ min: 1, max: 10 })
const times = <T>(n: number, one: T): readonly T[] => Array.from({ length: n }, () => one)
const life = (...more: readonly KnownEvent[]) => [...settled, ...more]

describe('picking survey guests', () => {
  it('that the city did not invite shows: more answers than invitations in S15', () => {
    fc.assert(
      fc.property(some, some, some, (happy, unhappy, picked) => {
        const fair = [...times(happy, life(asked, content)), ...times(unhappy, life(asked, discontent))]
        const game = serviceOf([...fair, ...times(picked, life(content))])
        const honest = serviceOf([...fair, ...times(picked, settled)])
        expect(game.points).toBeGreaterThan(honest.points)
        expect(share(game, 'S15')).toBeGreaterThan(1)
        expect(share(honest, 'S15')).toBeLessThanOrEqual(1)
        expect([game.findings, honest.findings]).toEqual([{ rating_without_invitation: picked }, {}])
      }),
      { numRuns: 25 },
    )
  })

  it('where the city invites nobody at all is found answer by answer', () => {
    const game = serviceOf(times(4, life(content)))
    expect(game.findings).toEqual({ rating_without_invitation: 4 })
  })

  it('and having one guest answer for many is found as well', () => {
    const many = [asked, ...times(3, content).map((one, nth) => ({ ...one, id: `answer ${nth}` }))]
    expect(serviceOf([life(...many)]).findings).toEqual({ rating_without_invitation: 2 })
  })

  it('by keeping the discontent from answering lowers S15', () => {
    fc.assert(
      fc.property(some, some, (happy, unhappy) => {
        const game = serviceOf([...times(happy, life(asked, content)), ...times(unhappy, life(asked))])
        expect(counted(game, 'S15')).toBe(`${happy}/${happy + unhappy}`)
      }),
      { numRuns: 25 },
    )
  })

  it('gains less than serving well those whom the city asks', () => {
    fc.assert(
      fc.property(some, some, (happy, unhappy) => {
        const game = serviceOf([...times(happy, life(asked, content)), ...times(unhappy, life(asked))])
        const honest = serviceOf([...times(happy, life(asked, content)), ...times(unhappy, life(asked, content))])
        expect(game.points).toBeLessThan(honest.points)
      }),
      { numRuns: 25 },
    )
  })
})
