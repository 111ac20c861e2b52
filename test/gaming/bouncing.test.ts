import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { assigned, excluded, received, resolved, responded } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { citizensResolved, counted, serviceOf } from './test-unit.ts'

// Bouncing: a complaint is passed on instead of being settled (domain.md 2.4).

const opened = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A')]
const fixed = [...opened, responded('2026-07-08 09:00'), resolved('2026-07-10 14:00')]
const some = fc.integer({ min: 1, max: 15 })
const times = <T>(n: number, one: T): readonly T[] => Array.from({ length: n }, () => one)
const quarter = (done: number, left: number, end: readonly KnownEvent[]) => [...times(done, fixed), ...times(left, end)]

describe('bouncing', () => {
  it('after more than three working days fails like keeping it, gains less than fixing and raises S9', () => {
    const late = [...opened, assigned('2026-07-10 15:00', 'B', 'unit')]
    fc.assert(
      fc.property(some, some, (done, left) => {
        const [game, honest] = [serviceOf(quarter(done, left, late)), serviceOf(quarter(done, left, fixed))]
        expect(game.points).toBeLessThan(honest.points)
        expect(counted(game, 'S2')).toBe(`${done}/${done + left}`)
        expect([counted(game, 'S9'), counted(honest, 'S9')]).toEqual([`${left}/${left}`, '0/0'])
      }),
      { numRuns: 30 },
    )
  })

  it('at once gains less than fixing: it is no case of the unit’s, neither good nor bad', () => {
    const prompt = [...opened, assigned('2026-07-06 15:00', 'B', 'unit')]
    fc.assert(
      fc.property(some, some, (done, left) => {
        const [game, honest] = [serviceOf(quarter(done, left, prompt)), serviceOf(quarter(done, left, fixed))]
        expect(game.points).toBeLessThan(honest.points)
        expect(counted(game, 'S9')).toBe(`0/${left}`)
      }),
      { numRuns: 30 },
    )
  })

  it('to and fro between two units is one time of answering, whose clock runs on', () => {
    const toAndFro = [
      ...opened,
      assigned('2026-07-08 15:00', 'B', 'unit'),
      assigned('2026-07-10 15:00', 'A', 'unit'),
      assigned('2026-07-14 15:00', 'B', 'unit'),
      assigned('2026-07-16 15:00', 'A', 'unit'),
    ]
    expect(counted(serviceOf([toAndFro]), 'S2')).toBe('0/1')
    expect(serviceOf([toAndFro]).points).toBeLessThan(serviceOf([fixed]).points)
  })

  it('in a ring of units, each within its three days, spares the ring, but never the citizen’s clock', () => {
    const units = ['B', 'C', 'D', 'E', 'F', 'G', 'H']
    const ring = [
      ...opened,
      ...units.map((unit, index) => assigned(`2026-07-${String(8 + 2 * index).padStart(2, '0')} 15:00`, unit, 'unit')),
    ]
    expect(counted(serviceOf([ring]), 'S2')).toBe('0/0')
    expect(counted(serviceOf([ring]), 'S9')).toBe('0/1')
    expect([citizensResolved([ring]), citizensResolved([fixed])]).toEqual(['0/1', '1/1'])
    expect(counted(serviceOf([ring], 'H'), 'S2'), 'whoever has it at last answers for it').toBe('0/1')
  })

  it('by refusing it moves nothing while the coordinator has not ruled', () => {
    const refused = [...opened, excluded('2026-07-07 09:00', 'not_ours', 'unit')]
    expect(serviceOf([refused]).points).toBe(serviceOf([opened]).points)
  })
})
