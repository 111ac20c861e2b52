import { expect, it } from 'vitest'
import { checkWeightsOf, type WeighedCheck } from './check-weight.ts'

const check = (outcome: WeighedCheck['outcome'], inclusionProbability?: number): WeighedCheck => {
  return { outcome, inclusionProbability }
}

it('has a check stand for one over the chance of being drawn, and for itself where nobody tells the chance', () => {
  expect(checkWeightsOf([check('confirmed', 0.1), check('not_found', 0.25), check('confirmed')])).toEqual({
    confirmed: 11_000_000,
    all: 15_000_000,
    squared: 117_000_000,
  })
})

it('never counts an invalid check', () => {
  expect(checkWeightsOf([check('invalid', 0.1)])).toEqual({ confirmed: 0, all: 0, squared: 0 })
})

it('takes a chance below one in a thousand for one in a thousand', () => {
  expect(checkWeightsOf([check('unreachable', 1e-9)])).toEqual(checkWeightsOf([check('unreachable', 0.001)]))
})
