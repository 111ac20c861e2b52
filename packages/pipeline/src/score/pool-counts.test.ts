import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AreaPart } from '../ports/area-figures.ts'
import { intakeOf, poolCounts } from './pool-counts.ts'

const week = '2026-07-13'
const part = (measure: string, numerator: number, denominator: number, squares = 0, unitId = 'A'): AreaPart => {
  return { unitId, week, measure, window: measure === 'S12' ? 'W1' : 'R13', numerator, denominator, squares }
}

describe('pooling', () => {
  it('adds numerators and denominators, whatever their order and the pieces they come in', () => {
    const measure = fc.constantFrom('A2', 'A4', 'B1', 'C1', 'S1', 'S5', 'S10', 'K2')
    const whole = fc.nat(1_000_000_000)
    const positive = fc.integer({ min: 1, max: 1_000_000_000 })
    const parts = fc.array(
      fc
        .record({ measure, unitId: fc.constantFrom('A', 'B'), numerator: whole, denominator: whole, squares: positive })
        .map((one): AreaPart => ({ ...one, week, window: 'R13' })),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(parts, fc.nat(), (all, seed) => {
        const turned = [...all.slice(seed % (all.length + 1)), ...all.slice(0, seed % (all.length + 1))]
        const sortedRows = (list: readonly AreaPart[]) =>
          poolCounts(list)
            .map((row) => JSON.stringify(row))
            .sort()
        expect(sortedRows(turned)).toEqual(sortedRows(all))
        for (const row of poolCounts(all)) {
          const own = all.filter(({ unitId, measure: name }) => unitId === row.unitId && name === row.measure)
          const sum = (of: (one: AreaPart) => number) => own.reduce((total, one) => total + of(one), 0)
          const [numerator, denominator] = [sum((one) => one.numerator), sum((one) => one.denominator)]
          if (row.measure === 'C1')
            expect((row.numerator / row.denominator) * (denominator / Math.max(1, numerator))).toBeCloseTo(
              Math.min(1, numerator),
              9,
            )
          else
            expect([Math.round(row.numerator * (row.measure === 'S5' ? 7560 : 1)), row.denominator]).toEqual([
              numerator,
              denominator,
            ])
        }
      }),
    )
  })

  it('tells how the days of A1 to A3 are shared out among people', () => {
    const rows = poolCounts([part('A2', 15, 20, 200), part('A2', 18, 20, 100)])
    expect(rows).toMatchObject([{ numerator: 33, denominator: 40, squaredDays: 300 }])
  })

  it('has unevenly weighed checks say as much as fewer even ones (Kish)', () => {
    const million = 1_000_000
    expect(poolCounts([part('C1', 3 * million, 4 * million, 4 * million)])).toMatchObject([
      { numerator: 3, denominator: 4 },
    ])
    // Weights 10, 5 and 1, the first confirmed.
    const [uneven] = poolCounts([part('C1', 10 * million, 16 * million, 126 * million)])
    expect(uneven?.denominator).toBeCloseTo(256 / 126, 9)
    expect(uneven?.numerator).toBeCloseTo((10 / 16) * (256 / 126), 9)
  })

  it('has no row where nothing is counted', () => {
    expect(poolCounts([part('S15', 3, 0)])).toEqual([])
  })
})

describe('complaints by residents (S12)', () => {
  const received = { ...part('S10', 1, 6), window: 'W1' }

  it('sets those received in the week against the residents, and is a zero in a quiet week', () => {
    const pooled = poolCounts([received, part('A2', 1, 2, 2, 'B')])
    expect(intakeOf(pooled, (area) => (area === 'A' ? 12_000 : 3_000))).toMatchObject([
      { unitId: 'A', measure: 'S12', window: 'W1', numerator: 6, denominator: 12 },
      { unitId: 'B', measure: 'S12', window: 'W1', numerator: 0, denominator: 3 },
    ])
  })

  it('has no row while the residents are not known', () => {
    expect(intakeOf(poolCounts([received]), () => undefined)).toEqual([])
  })
})
