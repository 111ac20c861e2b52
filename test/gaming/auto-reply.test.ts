import { assigned, audited, received, resolved, responded } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, serviceOf } from './test-unit.ts'

// Auto-reply: every complaint is answered at once, with words that say nothing (domain.md 2.4).

const opened = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A')]
const thanks = responded('2026-07-06 10:01', 'A', false)
const toldAsReal = responded('2026-07-06 10:01', 'A', true)
const answered = [...opened, responded('2026-07-08 09:00'), resolved('2026-07-10 14:00')]
const some = fc.integer({ min: 1, max: 20 })

describe('an automatic reply', () => {
  it('gains nothing, however many there are', () => {
    fc.assert(
      fc.property(some, some, (done, left) => {
        const silent = serviceOf([...times(done, answered), ...times(left, opened)])
        const replying = serviceOf([...times(done, answered), ...times(left, [...opened, thanks])])
        expect(replying).toEqual(silent)
      }),
      { numRuns: 30 },
    )
  })

  it('that is told as a real one gains less than answering and settling, and S2 falls behind S1', () => {
    fc.assert(
      fc.property(some, some, (done, left) => {
        const game = serviceOf([...times(done, answered), ...times(left, [...opened, toldAsReal])])
        const honest = serviceOf([...times(done, answered), ...times(left, answered)])
        expect(game.points).toBeLessThan(honest.points)
        expect([counted(game, 'S1'), counted(game, 'S2')]).toEqual([
          `${done + left}/${done + left}`,
          `${done}/${done + left}`,
        ])
      }),
      { numRuns: 30 },
    )
  })

  it('that is told as a real one is found by the first audit that reads it', () => {
    const life = [...opened, toldAsReal, resolved('2026-07-10 14:00')]
    const read = (responseValid: boolean) => audited('2026-07-20 09:00', { auditorUnitId: 'K', responseValid })
    const [empty, real] = [serviceOf([[...life, read(false)]]), serviceOf([[...life, read(true)]])]
    expect([empty.findings, real.findings]).toEqual([{ response_found_empty: 1 }, {}])
    expect(counted(empty, 'S1'), 'S1 goes by what the channel told').toBe('1/1')
  })
})

function times<T>(n: number, one: T): readonly T[] {
  return Array.from({ length: n }, () => one)
}
