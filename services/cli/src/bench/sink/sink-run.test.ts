import { expect, it } from 'vitest'
import { rateOf, ratiosOf, type SinkRun } from './sink-run.ts'

const run = (engine: SinkRun['engine'], pair: number, seconds: number, joinSeconds: number): SinkRun => ({
  engine,
  pair,
  seconds,
  joinSeconds,
  firstRowSeconds: joinSeconds + 1,
  coreSeconds: { a: seconds, b: 1, c: undefined },
  events: 1_000,
  checksum: '1',
})

it('a ratio is of the two runs of a pair, and the middle one of all pairs counts', () => {
  const runs = [
    run('bina', 1, 10, 2),
    run('native', 1, 8, 4),
    run('native', 2, 30, 10),
    run('bina', 2, 12, 2),
    run('bina', 3, 5, 1),
    run('native', 3, 5, 2),
  ]
  const ratios = ratiosOf(runs)
  expect(ratios?.pairs).toEqual([
    { pair: 1, withJoining: 0.8, withoutJoining: 0.5 },
    { pair: 2, withJoining: 2.5, withoutJoining: 2 },
    { pair: 3, withJoining: 1, withoutJoining: 0.75 },
  ])
  expect(ratios).toMatchObject({ withJoining: 1, withoutJoining: 0.75 })
})

it('half a pair says nothing', () => {
  expect(ratiosOf([run('bina', 1, 10, 2)])).toBeUndefined()
})

it('rates are medians, and those of a core count every process that was measured', () => {
  expect(rateOf([run('bina', 1, 9, 4), run('bina', 2, 4, 2), run('bina', 3, 5, 1)])).toEqual({
    seconds: 5,
    secondsFromJoined: 4,
    eventsPerSecond: 200,
    eventsPerSecondFromJoined: 250,
    eventsPerCoreSecond: 167,
  })
})
