import { liveEvents } from '@bina/pipeline/fold/live-events'
import { assigned, excluded, received, resolved, responded, withdrawal } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, serviceOf } from './test-unit.ts'

// Merging as duplicate: what is hard is taken out of the figures, as a duplicate, as not ours or as invalid (domain.md 2.4).

const opened = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A')]
const fixed = [...opened, responded('2026-07-08 09:00'), resolved('2026-07-10 14:00')]
const reason = fc.constantFrom('duplicate' as const, 'not_ours' as const, 'invalid' as const)
const some = fc.integer({ min: 1, max: 20 })
const times = <T>(n: number, one: T): readonly T[] => Array.from({ length: n }, () => one)

describe('merging as duplicate', () => {
  it('by the unit itself gains nothing: it is a refusal, which S9 counts', () => {
    fc.assert(
      fc.property(some, some, reason, (done, left, why) => {
        const refused = [...opened, excluded('2026-07-07 09:00', why, 'unit')]
        const game = serviceOf([...times(done, fixed), ...times(left, refused)])
        const plain = serviceOf([...times(done, fixed), ...times(left, opened)])
        expect(game.points).toBe(plain.points)
        expect([counted(game, 'S9'), counted(plain, 'S9')]).toEqual([`0/${left}`, '0/0'])
      }),
      { numRuns: 30 },
    )
  })

  it('by a coordinator who looks away gains less than fixing, and raises S10', () => {
    fc.assert(
      fc.property(some, some, reason, (done, left, why) => {
        const merged = [...opened, excluded('2026-07-07 09:00', why)]
        const game = serviceOf([...times(done, fixed), ...times(left, merged)])
        const honest = serviceOf([...times(done, fixed), ...times(left, fixed)])
        expect(game.points).toBeLessThan(honest.points)
        const all = done + left
        expect([counted(game, 'S10'), counted(honest, 'S10')]).toEqual([`${left}/${all}`, `0/${all}`])
      }),
      { numRuns: 30 },
    )
  })

  it('is undone without a trace in the figures once the merge is taken back', () => {
    const merge = excluded('2026-07-07 09:00', 'duplicate')
    const undone = liveEvents([...fixed, merge, withdrawal('2026-07-20 08:00', merge.id)], [])
    expect(serviceOf([undone])).toEqual(serviceOf([fixed]))
  })
})
