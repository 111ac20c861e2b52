import { describe, expect, it } from 'vitest'
import { OffsetGapError, offsetGapsOf, tellGap } from './offset-gap.ts'

const gapsWhere = (committed: number | undefined, low: number, high: number) =>
  offsetGapsOf(
    {
      fetchOffsets: async () => [
        { topic: 't', partitions: [{ partition: 0, offset: String(committed ?? -1), metadata: null }] },
      ],
      fetchTopicOffsets: async () => [{ partition: 0, offset: String(high), low: String(low), high: String(high) }],
    },
    'bina-sink',
    ['t'],
  )

describe('a group reads on without asking', () => {
  it.each<[string, number | undefined, number, number]>([
    ['where it left off', 7, 0, 10],
    ['at the end of what it has read', 10, 0, 10],
    ['at the beginning of a log that was shortened up to there', 5, 5, 10],
    ['from the first message of a log that it never read', undefined, 0, 10],
    ['in a log that never had anything', undefined, 0, 0],
  ])('%s', async (_, committed, low, high) => {
    expect(await gapsWhere(committed, low, high)).toEqual([])
  })
})

describe('a group stops and asks', () => {
  it.each<[string, number | undefined, number, number, string]>([
    ['where retention took what it had not read', 5, 8, 10, '5 is committed, but the log begins at 8: 3 messages are'],
    ['where the topic was made anew', 50, 0, 10, '50 is committed, but the log ends before 10'],
    ['where its offsets were forgotten and the log has lost its first', undefined, 3, 10, 'the log has 3 to 9'],
    ['where its offsets were forgotten and the log is empty', undefined, 10, 10, 'the log is empty up to 10'],
  ])('%s', async (_, committed, low, high, words) => {
    const gaps = await gapsWhere(committed, low, high)
    expect(gaps).toEqual([{ topic: 't', partition: 0, committed, low, high }])
    expect(gaps.map(tellGap).join()).toContain(words)
  })

  it('and says what to type', async () => {
    const error = new OffsetGapError('bina-sink', await gapsWhere(5, 8, 10))
    expect(error.message).toContain('npx bina offsets accept-gap bina-sink t 0')
  })
})
