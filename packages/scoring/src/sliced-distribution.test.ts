import { describe, expect, it } from 'vitest'
import { type SlicedDistribution, slicedBeta, slicedNormal } from './sliced-distribution.ts'

function moments({ edges, masses }: SlicedDistribution) {
  let [total, mean, square] = [0, 0, 0]
  const first = edges[0] ?? 0
  masses.forEach((mass, i) => {
    // By distance from the first edge: the width of a very sharp share is far below its value.
    const [from, to] = [(edges[i] ?? 0) - first, (edges[i + 1] ?? 0) - first]
    total += mass
    mean += (mass * (from + to)) / 2
    square += (mass * (from * from + from * to + to * to)) / 3
  })
  return { total, mean: first + mean, sd: Math.sqrt(square - mean * mean) }
}

describe('a share in slices', () => {
  it.each([
    [1, 1],
    [0.5, 0.5],
    [9.5, 0.5],
    [0.5, 300],
    [259, 9],
    [2e5, 3e5],
    [8e11, 2e11],
  ])('has the mean and the spread of Beta(%d, %d)', (a, b) => {
    const { total, mean, sd } = moments(slicedBeta(a, b))
    const exact = Math.sqrt((a * b) / (a + b + 1)) / (a + b)
    expect(total).toBeCloseTo(1, 12)
    expect(Math.abs(mean - a / (a + b)) / exact).toBeLessThan(2e-3)
    expect(sd / exact).toBeGreaterThan(0.99)
    expect(sd / exact).toBeLessThan(1.01)
  })

  it.each([
    [2 ** 53, 0.5],
    [0.5, 2 ** 53],
    [1e5, 0.01],
    [0.01, 0.99],
  ])('has rising edges from 0 to 1 for Beta(%d, %d), however far from even', (a, b) => {
    const { edges, masses } = slicedBeta(a, b)
    expect(masses.every((mass) => mass >= 0)).toBe(true)
    expect(edges.every((edge, i) => edge >= -1e-12 && edge <= 1 + 1e-12 && edge >= (edges[i - 1] ?? 0) - 1e-12)).toBe(
      true,
    )
  })
})

describe('a mean in slices', () => {
  it('has its mean and its spread', () => {
    const { total, mean, sd } = moments(slicedNormal(0.75, 0.05))
    expect(total).toBeCloseTo(1, 12)
    expect(mean).toBeCloseTo(0.75, 9)
    expect(sd / 0.05).toBeCloseTo(1, 3)
  })
})
