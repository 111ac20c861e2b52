import { describe, expect, it } from 'vitest'
import type { BalanceLog, OffsetRange } from '../ports/balance-log.ts'
import { createWatchBalance } from './watch-balance.ts'

const topic = 'bina.complaint.v1'

/** What became of each offset of one partition, as one letter: stored, duplicate, dead letter, empty, lost, or in no table. */
function world(fates: string) {
  const asked: OffsetRange[] = []
  const questions: number[] = []
  const within = ({ first, past }: OffsetRange) => [...fates.slice(first, past)]
  const many = (range: OffsetRange, letter: string) => within(range).filter((fate) => fate === letter).length
  const log: BalanceLog = {
    firstSettled: async () => {
      const first = fates.search(/[^-]/)
      return first < 0 ? undefined : first
    },
    settledIn: async (ranges) => {
      asked.push(...ranges)
      questions.push(ranges.length)
      return ranges.flatMap((range) => {
        const { topic, partition } = range
        const none = { topic, partition, stored: 0, duplicates: 0, deadLettered: 0, inNoTable: 0 }
        const repeats = { duplicates: many(range, 'd'), inNoTable: many(range, 'n') }
        return [
          { ...none, source: 'urn:sp4n', stored: many(range, 's'), ...repeats },
          { ...none, source: '', deadLettered: many(range, 'x') },
        ]
      })
    },
    emptyIn: async (range) => many(range, 'e'),
  }
  return { log, asked, questions }
}

describe('the balance', () => {
  it('counts every message that Kafka gave as stored, duplicate, dead letter or in flight, and looks at none twice', async () => {
    const { log, asked } = world('ssdxessdd')
    const look = createWatchBalance({ lookBack: 100, atOnce: 4 }, log)
    const at = (committed: number, end: number) => look([{ topic, partition: 0, committed, end }])
    expect(await at(6, 12)).toEqual({
      topics: [{ topic, received: 11, stored: 3, duplicates: 1, deadLettered: 1, inFlight: 6, missing: 0 }],
      newDuplicates: new Map(), // committed before: whoever watched then has told of them
    })
    expect(await at(9, 12)).toEqual({
      topics: [{ topic, received: 11, stored: 4, duplicates: 3, deadLettered: 1, inFlight: 3, missing: 0 }],
      newDuplicates: new Map([['urn:sp4n', 2]]),
    })
    expect(asked.map(({ first, past }) => [first, past])).toEqual([
      [0, 4],
      [4, 6],
      [6, 9],
    ])
  })

  it('says that a complaint is missing which was committed and never settled, or settled and is in no table, and goes on saying so', async () => {
    const { log } = world('sslsnss')
    const look = createWatchBalance({ lookBack: 100, atOnce: 100 }, log)
    const missing = async (committed: number) =>
      (await look([{ topic, partition: 0, committed, end: 7 }])).topics[0]?.missing
    expect([await missing(2), await missing(5), await missing(7)]).toEqual([0, 2, 2])
  })

  it('begins with what was settled first, or a little before what is committed, and adds up the partitions', async () => {
    const { log, asked } = world('----ssssssss')
    const look = createWatchBalance({ lookBack: 5, atOnce: 100 }, log)
    const { topics } = await look([
      { topic, partition: 0, committed: 6, end: 8 },
      { topic, partition: 1, committed: 12, end: 12 },
    ])
    expect(asked.map(({ first }) => first)).toEqual([4, 7])
    expect(topics).toEqual([{ topic, received: 9, stored: 7, duplicates: 0, deadLettered: 0, inFlight: 2, missing: 0 }])
  })

  it('counts from the start again where a topic was made anew, and nothing twice where a group was taken back', async () => {
    const { log } = world('ssssssss')
    const look = createWatchBalance({ lookBack: 100, atOnce: 100 }, log)
    const at = async (committed: number, end: number) =>
      (await look([{ topic, partition: 0, committed, end }])).topics[0]
    await at(8, 8)
    expect(await at(2, 8)).toMatchObject({ received: 8, stored: 8, inFlight: 0 })
    expect(await at(1, 3)).toMatchObject({ received: 3, stored: 1, inFlight: 2 })
  })

  it('asks of all partitions at once, for no more offsets than one question may have', async () => {
    const { log, asked, questions } = world('ssdssssd')
    const look = createWatchBalance({ lookBack: 100, atOnce: 10 }, log)
    const at = (partition: number, committed: number) => ({ topic, partition, committed, end: 8 })
    const { topics } = await look([at(0, 6), at(1, 8), at(2, 2)])
    expect(topics).toEqual([
      { topic, received: 24, stored: 13, duplicates: 3, deadLettered: 0, inFlight: 8, missing: 0 },
    ])
    expect(questions).toEqual([2, 2])
    expect(asked.map(({ partition, first, past }) => [partition, first, past])).toEqual([
      [0, 0, 6],
      [1, 0, 4],
      [1, 4, 8],
      [2, 0, 2],
    ])
  })
})
