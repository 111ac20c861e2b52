import { expect, it } from 'vitest'
import { slipsOf, wordsOf } from './slip.ts'

const figures = [
  { name: 'reports a second', value: 2_000, better: 'higher' },
  { name: 'seconds to the score', value: 4, better: 'lower' },
] as const
const [reports, seconds] = figures

it('a city that writes half as many reports as were recorded is told so, and one that is a little slower is not', () => {
  expect(slipsOf(figures, { 'reports a second': 4_000, 'seconds to the score': 3 })).toEqual([
    { ...reports, why: 'worse', recorded: 4_000, timesWorse: 2 },
  ])
})

it('scores that take twice as long are a slip, and twice as fast are none', () => {
  const recorded = { 'reports a second': 1_000 }
  expect(slipsOf(figures, { ...recorded, 'seconds to the score': 2 }).map(({ name }) => name)).toEqual([seconds.name])
  expect(slipsOf(figures, { ...recorded, 'seconds to the score': 8 })).toEqual([])
})

it('a figure that came to nothing is a slip, whatever was recorded', () => {
  const broken = [
    { ...reports, value: Number.NaN },
    { ...seconds, value: Number.NEGATIVE_INFINITY },
  ]
  expect(slipsOf(broken, { 'reports a second': 4_000 }).map(wordsOf)).toEqual([
    'SLIP reports a second: not measured, 4000 recorded',
    'SLIP seconds to the score: not measured',
  ])
  expect(slipsOf(broken, undefined)).toHaveLength(2)
})

it('a figure that was recorded and is no longer measured is a slip', () => {
  const recorded = { 'reports a second': 2_000, 'seconds to the score': 4 }
  expect(slipsOf([reports], recorded).map(wordsOf)).toEqual(['SLIP seconds to the score: not measured, 4 recorded'])
})

it('a figure that was not recorded, or as nothing, is a slip, and none is where nothing was recorded yet', () => {
  const words = 'SLIP seconds to the score: not recorded, so that it is held against nothing; --record writes it down'
  expect(slipsOf(figures, { 'reports a second': 2_000 }).map(wordsOf)).toEqual([words])
  expect(slipsOf(figures, { 'reports a second': 2_000, 'seconds to the score': null }).map(wordsOf)).toEqual([words])
  expect(slipsOf(figures, undefined)).toEqual([])
})
