import { describe, expect, it } from 'vitest'
import { drawWaves } from './draw-waves.ts'

const units = Array.from({ length: 107 }, (_, at) => `unit-${at}`)

describe('waves of coaching', () => {
  it('hold each unit once, and are of nearly the same size', () => {
    const waves = drawWaves('announced on Monday', units, 10)
    expect(waves.flat().toSorted()).toEqual(units.toSorted())
    expect(new Set(waves.map((wave) => wave.length))).toEqual(new Set([10, 11]))
  })

  it('are the same for the same text in whatever order the units come, and others for another text', () => {
    expect(drawWaves('a', units.toReversed(), 4)).toEqual(drawWaves('a', units, 4))
    expect(drawWaves('b', units, 4)).not.toEqual(drawWaves('a', units, 4))
  })

  it('give every unit the same chance of each wave', () => {
    const first = new Map<string, number>()
    for (let text = 0; text < 2_000; text++)
      for (const unitId of drawWaves(String(text), units.slice(0, 8), 4)[0] ?? [])
        first.set(unitId, (first.get(unitId) ?? 0) + 1)
    for (const count of first.values()) expect(Math.abs(count / 2_000 - 0.25)).toBeLessThan(0.05)
    expect(first.size).toBe(8)
  })
})
