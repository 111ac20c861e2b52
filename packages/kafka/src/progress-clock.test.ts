import { expect, it } from 'vitest'
import type { ConsumerState } from './consumer-state.ts'
import { createProgressClock, type PartitionPosition } from './progress-clock.ts'

const working: ConsumerState = { assigned: { t: [0, 1] }, isWaiting: false, workingMs: undefined, unheardMs: 0 }
const at = (partition: number, committed: number, lag: number): PartitionPosition => ({
  topic: 't',
  partition,
  committed,
  lag,
})
const config = { sessionTimeoutMs: 30_000 }

it('finds nothing wrong where all is read, however long nothing comes', () => {
  const judge = createProgressClock(config)
  judge([at(0, 10, 0)], working, 0)
  expect(judge([at(0, 10, 0)], working, 3_600_000)).toBeUndefined()
})

it('counts from the last look at which an offset moved', () => {
  const judge = createProgressClock(config)
  judge([at(0, 10, 5)], working, 0)
  judge([at(0, 12, 9)], working, 5_000)
  expect(judge([at(0, 12, 50)], working, 30_000)).toEqual({
    reason: 't/0 stands at 12 with 50 messages to read',
    sinceMs: 5_000,
    wholeSinceMs: 5_000,
  })
})

it('says that a part alone stands where another partition moves on', () => {
  const judge = createProgressClock(config)
  judge([at(0, 10, 5), at(1, 0, 100)], working, 0)
  judge([at(0, 10, 5), at(1, 50, 50)], working, 20_000)
  expect(judge([at(0, 10, 5), at(1, 90, 10)], working, 40_000)).toMatchObject({ sinceMs: 0, wholeSinceMs: 40_000 })
})

it('does not hold against a worker what another one has', () => {
  const judge = createProgressClock(config)
  const other = { ...working, assigned: { t: [1] } }
  judge([at(0, 10, 5)], other, 0)
  expect(judge([at(0, 10, 500)], other, 600_000)).toBeUndefined()
  expect(judge([at(0, 10, 500)], { ...working, assigned: {} }, 600_000)).toBeUndefined()
})

it('begins anew for a partition that was only just given to it', () => {
  const judge = createProgressClock(config)
  judge([at(0, 10, 500)], { ...working, assigned: { t: [1] } }, 0)
  judge([at(0, 10, 500)], working, 60_000)
  expect(judge([at(0, 10, 500)], working, 61_000)).toMatchObject({ sinceMs: 60_000 })
})

it('holds the wait for a world that is away against nobody, nor what stood during it', () => {
  const judge = createProgressClock(config)
  judge([at(0, 10, 5)], working, 0)
  expect(judge([at(0, 10, 5)], { ...working, isWaiting: true }, 600_000)).toBeUndefined()
  judge([at(0, 10, 5)], working, 601_000)
  expect(judge([at(0, 10, 5)], working, 602_000)).toMatchObject({ sinceMs: 601_000 })
})

it('says since when one batch is in work, but never that all stands still', () => {
  const judge = createProgressClock(config)
  const busy = { ...working, workingMs: 40_000 }
  expect(judge([at(0, 10, 5)], busy, 100_000)).toEqual({
    reason: 'one batch is in work',
    sinceMs: 60_000,
    wholeSinceMs: undefined,
  })
})

it('lets a run of reports be in work for long, and what stands meanwhile, but not for ever', () => {
  const judge = createProgressClock({ ...config, workMayLastMs: 6 * 3_600_000 })
  judge([at(0, 10, 5)], working, 0)
  expect(judge([at(0, 10, 5)], { ...working, workingMs: 6 * 3_600_000 }, 6 * 3_600_000)).toBeUndefined()
  expect(judge([at(0, 10, 5)], working, 6 * 3_600_000 + 1)).toBeUndefined()
  const hangs = { ...working, workingMs: 6 * 3_600_000 + 40_000 }
  expect(judge([at(0, 10, 5)], hangs, 100_000_000)).toEqual({
    reason: 'one batch is in work for more than 360 minutes',
    sinceMs: 100_000_000 - 40_000,
    wholeSinceMs: undefined,
  })
})

it('finds a member that its group no longer knows, also where nothing is to be read', () => {
  const judge = createProgressClock(config)
  expect(judge([at(0, 10, 0)], { ...working, unheardMs: 29_000 }, 100_000)).toBeUndefined()
  expect(judge([at(0, 10, 0)], { ...working, unheardMs: 31_000 }, 100_000)).toMatchObject({
    reason: 'its group has answered no heartbeat',
    sinceMs: 69_000,
    wholeSinceMs: 69_000,
  })
})

it('finds a consumer that its group never let in', () => {
  const judge = createProgressClock(config)
  const outside = { ...working, assigned: undefined }
  judge([], outside, 1_000)
  expect(judge([], outside, 50_000)).toMatchObject({ sinceMs: 1_000, wholeSinceMs: 1_000 })
})
