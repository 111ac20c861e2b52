import { describe, expect, it } from 'vitest'
import type { SettledMessage } from '../ports/ingest-log.ts'
import { createNameRefused, RefusedRowsError } from './name-refused.ts'

const dataFault = new Error('cannot parse')
const away = new Error('nobody at the port')

const row = (offset: number): SettledMessage => ({
  topic: 'bina.attendance.v1',
  topicRank: 0,
  partition: 3,
  offset,
  recordAtMs: 0,
  ingestedAtMs: 0,
  outcome: 'dead_letter',
  reason: 'not_json',
  detail: '',
  key: null,
  headersJson: '',
  value: null,
})
const rows = (count: number) => Array.from({ length: count }, (_, offset) => row(offset))

/** A store that takes no portion with one of these offsets in it. */
function createStore(poisonous: (offset: number) => boolean) {
  const kept = new Set<number>()
  let asked = 0
  const settle = async (messages: readonly SettledMessage[]) => {
    asked++
    if (messages.some(({ offset }) => poisonous(offset))) throw dataFault
    for (const { offset } of messages) kept.add(offset)
  }
  const named = createNameRefused({ settle, isDataFault: (error) => error === dataFault })
  return { kept, asked: () => asked, named }
}

describe('rows that the store refuses for what stands in them', () => {
  it('are named by their place, and all others of the batch are kept', async () => {
    const { named, kept } = createStore((offset) => offset === 7 || offset === 1_200)
    const error = await named(rows(2_000)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RefusedRowsError)
    expect((error as RefusedRowsError).places).toEqual([
      'bina.attendance.v1, partition 3, offset 7',
      'bina.attendance.v1, partition 3, offset 1200',
    ])
    expect((error as RefusedRowsError).cause).toBe(dataFault)
    expect((error as RefusedRowsError).message).toContain('bina.attendance.v1, partition 3, offset 1200')
    expect(kept.size).toBe(1_998)
  })

  it('are not all asked for where there are many', async () => {
    const { named, asked } = createStore(() => true)
    await expect(named(rows(20_000))).rejects.toThrow('more than 10 of these rows')
    expect(asked()).toBeLessThan(60)
  })
})

it('asks the store once where it takes all', async () => {
  const { named, asked, kept } = createStore(() => false)
  await named(rows(2_000))
  expect([asked(), kept.size]).toEqual([1, 2_000])
})

it('hands on what is no fault of a row as it is, also in the middle of the search', async () => {
  const failing = createNameRefused({
    settle: async () => Promise.reject(away),
    isDataFault: (error) => error === dataFault,
  })
  await expect(failing(rows(2))).rejects.toBe(away)
  let asked = 0
  const gone = createNameRefused({
    settle: async () => Promise.reject(asked++ === 0 ? dataFault : away),
    isDataFault: (error) => error === dataFault,
  })
  await expect(gone(rows(2))).rejects.toBe(away)
})
