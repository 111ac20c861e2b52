import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addGrids, emptyGrid, type MassGrid } from './mass-grid.ts'
import { createSumQuantiles } from './sum-quantiles.ts'

/** Masses and atoms, some of them next to nothing, that add up to 1. */
const grids: fc.Arbitrary<MassGrid> = fc
  .record({
    masses: fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 60 }),
    atoms: fc.array(
      fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), mass: fc.constantFrom(0.002, 0.1, 5, 40) }),
      { maxLength: 2 },
    ),
  })
  .map(({ masses, atoms }) => {
    const sum = [...masses, ...atoms.map(({ mass }) => mass)].reduce((total, mass) => total + mass, 0)
    // Like a layer of slices, with nothing on the last node: room for what lies beyond the one before.
    return {
      masses: Float64Array.from([...masses, 0], (mass) => mass / sum),
      atoms: atoms.map(({ share, mass }) => ({ position: share * (masses.length - 1), mass: mass / sum })),
    }
  })

it('finds in two grids what it finds in their sum laid out', () => {
  fc.assert(
    fc.property(grids, grids, (one, other) => {
      const [apart, whole] = [createSumQuantiles(one, other), createSumQuantiles(addGrids(one, other), emptyGrid())]
      for (const probability of [0.02, 0.1, 0.5, 0.9, 0.98])
        expect(apart(probability)).toBeCloseTo(whole(probability), 7)
    }),
    { numRuns: 500 },
  )
})
