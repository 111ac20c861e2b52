import { expect, it } from 'vitest'
import { createRandom, letters, poisson, uniform, weighted, wholeBelow } from './random.ts'

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)

it('the same labels give the same draws, and a label more or less gives others', () => {
  const first = (random = createRandom('seed', 'day', 7)) => draws(20, () => uniform(random))
  expect(first()).toEqual(first())
  expect(first(createRandom('seed', 'day', 8))).not.toEqual(first())
  expect(first(createRandom('seed', 'day7'))).not.toEqual(first())
})

it('draws of neighbouring labels are spread evenly', () => {
  const tens = new Array(10).fill(0)
  for (let day = 0; day < 20_000; day += 1) tens[wholeBelow(createRandom('seed', 'day', day), 10)] += 1
  for (const count of tens) expect(Math.abs(count - 2_000)).toBeLessThan(200)
})

it('weights and means are kept', () => {
  const random = createRandom('weights')
  const rare = draws(10_000, () => (weighted(random, { often: 9, rare: 1 }) === 'rare' ? 1 : 0))
  expect(rare.reduce((a, b) => a + b) / 10_000).toBeCloseTo(0.1, 1)
  expect(draws(10_000, () => poisson(random, 0.7)).reduce((a, b) => a + b) / 10_000).toBeCloseTo(0.7, 1)
})

it('keys are letters alone', () => {
  expect(letters(createRandom('person'), 16)).toMatch(/^[a-z]{16}$/)
})
