import { expect, it } from 'vitest'
import { slipsOf } from './slip.ts'

const figures = [
  { name: 'reports a second', value: 2_000, better: 'higher' },
  { name: 'seconds to the score', value: 4, better: 'lower' },
  { name: 'never measured before', value: 1, better: 'lower' },
] as const

it('a city that writes half as many reports as were recorded is told so, and one that is a little slower is not', () => {
  expect(slipsOf(figures, { 'reports a second': 4_000, 'seconds to the score': 3 })).toEqual([
    { ...figures[0], recorded: 4_000, timesWorse: 2 },
  ])
})

it('scores that take twice as long are a slip, and twice as fast are none', () => {
  expect(slipsOf(figures, { 'seconds to the score': 2 }).map(({ name }) => name)).toEqual(['seconds to the score'])
  expect(slipsOf(figures, { 'seconds to the score': 8, 'reports a second': 1_000 })).toEqual([])
})
