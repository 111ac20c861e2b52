import { describe, expect, it } from 'vitest'
import { drawSlots } from './draw-slots.ts'
import { frameOf, kelurahan, rules, seedOf } from './test-frame.ts'

describe('the chance that is stated', () => {
  it('is how often a slot falls on a unit and a person, over many seeds', () => {
    // Five of seven wait, with other hours for some; two have had their turn. The block ends within the week.
    const all = kelurahan(7).map((unit, at) => ({ ...unit, profile: at % 2 === 0 ? 'office_5d' : 'weekdays' }))
    const done = all.slice(0, 2).map(({ unitId }) => unitId)
    const previous = { drawId: 'before', commitment: 'x', rotation: { block: 4, done } }
    const weights = { ...rules, typeWeights: { kelurahan: 1, kecamatan: 2, upt: 3 } }
    const units = all.map((unit, at) => (at === 6 ? { ...unit, unitType: 'upt' } : unit))
    const frame = frameOf(units, { capacityPerDay: 2, previous, rules: weights })
    const seeds = 1_500
    const fell = new Map<string, { count: number; stated: number }>()
    for (let seed = 0; seed < seeds; seed++) {
      for (const { slot, unitId, personNumber, inclusionProbability } of drawSlots(frame, seedOf(seed)).slots) {
        const name = `${slot}|${unitId}|${personNumber}`
        const known = fell.get(name)
        if (known !== undefined) expect(known.stated).toBe(inclusionProbability)
        fell.set(name, { count: (known?.count ?? 0) + 1, stated: inclusionProbability })
      }
    }
    // In each slot the chances of all that it can fall on add up to one, and each is met within five standard errors.
    for (let slot = 1; slot <= frame.rotationSlots + frame.freeSlots; slot++) {
      const of = [...fell].filter(([name]) => name.startsWith(`${slot}|`)).map(([, one]) => one)
      expect(of.reduce((sum, { stated }) => sum + stated, 0)).toBeCloseTo(1, 9)
      for (const { count, stated } of of) {
        const error = Math.sqrt((stated * (1 - stated)) / seeds)
        expect(Math.abs(count / seeds - stated)).toBeLessThan(5 * error)
      }
    }
  })
})
