import { contentHash } from '@bina/events/content-hash'
import { decodeEvent } from '@bina/events/decode-event'
import { encodeEvent } from '@bina/events/encode-event'
import { describe, expect, it } from 'vitest'
import type { ArrivedMessage } from '../ports/arrived-message.ts'
import type { ConflictLetter, ConflictLog, LosingMessage } from '../ports/conflict-log.ts'
import type { DeadLetter } from '../ports/dead-letters.ts'
import type { Touched } from '../ports/touch-publisher.ts'
import { createSweepConflicts } from './sweep-conflicts.ts'

const topic = 'bina.attendance.v1'
const nowMs = Date.parse('2026-11-10T08:00:00+07:00')

function clockIn(offset: number, supersedes?: string): ArrivedMessage {
  const { key, value, headers } = encodeEvent({
    source: '/hr',
    id: `in-${offset}`,
    type: 'bina.attendance.recorded.v1',
    subject: '16.71.05.1003',
    time: '2026-11-09T07:25:00+07:00',
    ...(supersedes === undefined ? {} : { supersedes }),
    data: {
      unitId: '16.71.05.1003',
      personKey: `person_000${offset}`,
      workDate: '2026-11-09',
      kind: 'in',
      method: 'device',
    },
  })
  return { topic, partition: 0, offset, recordAtMs: nowMs - 60_000, key: Buffer.from(key), value, headers }
}

function hashOf(message: ArrivedMessage): bigint {
  const outcome = decodeEvent(message, nowMs)
  if (outcome.kind !== 'ok') throw new Error(outcome.detail)
  return contentHash(outcome.value)
}

/** A log with these losers and a broker with these messages; a look shows at most `page` of them. */
function world(
  messages: readonly ArrivedMessage[],
  kept: readonly (ArrivedMessage | undefined)[] = messages,
  page = 100,
) {
  const done = new Map<number, ConflictLetter>()
  const excluded: string[] = []
  const marks: string[] = []
  const touched: Touched[] = []
  const letters: DeadLetter[] = []
  const losers = messages.map(
    (message): LosingMessage => ({
      topic,
      partition: 0,
      offset: message.offset,
      precedence: String(1_000 - message.offset),
      contentHash: hashOf(message),
      standing: { topic, partition: 3, offset: 7 },
    }),
  )
  const conflicts: ConflictLog = {
    look: async () => {
      const open = losers.filter(({ offset }) => !done.has(offset))
      const isWhole = open.length <= page
      return { losers: open.slice(0, page), through: isWhole ? 'now' : undefined, isLast: isWhole }
    },
    setLookedThrough: async (through) => void marks.push(through),
    losingEvents: async (gone) =>
      new Map(
        gone.map(({ precedence }) => [
          precedence,
          { source: '/hr', id: 'gone', entities: ['day|gone|2026-11-09'], targetIds: ['old'] },
        ]),
      ),
    exclude: async (rows) => void excluded.push(...rows.map(({ id }) => id)),
    setAside: async (rows) => {
      for (const row of rows) done.set(row.offset, row)
    },
  }
  const faults: Error[] = []
  const sweep = createSweepConflicts(
    { zone: 'Asia/Jakarta' },
    {
      conflicts,
      originals: {
        read: async (places) => places.map(({ offset }) => kept.find((message) => message?.offset === offset)),
      },
      decode: decodeEvent,
      contentHash,
      deadLetters: {
        publish: async (some) => {
          const fault = faults.shift()
          if (fault !== undefined) throw fault
          letters.push(...some)
        },
      },
      touches: { touch: async (some) => void touched.push(some) },
      clock: () => nowMs,
      count: () => {},
    },
  )
  return { sweep, faults, done, excluded, marks, touched, letters }
}

describe('the sweep for two contents under one identity', () => {
  it('excludes a loser, touches its entity, what it took back and the winner, and keeps and publishes its bytes', async () => {
    const message = clockIn(1, 'in-0')
    const { sweep, done, excluded, touched, letters, marks } = world([message])
    await sweep()
    expect(excluded).toEqual(['in-1'])
    expect(touched).toEqual([
      {
        entities: ['day|person_0001|2026-11-09'],
        revised: [
          { source: '/hr', id: 'in-1' },
          { source: '/hr', id: 'in-0' },
        ],
      },
    ])
    expect(letters).toMatchObject([
      { topic, offset: 1, reason: 'conflicting_duplicate', value: message.value, key: message.key },
    ])
    expect(letters[0]?.detail).toContain(`${topic}/3/7`)
    expect(done.get(1)).toMatchObject({ value: message.value, atMs: message.recordAtMs })
    expect(marks).toEqual(['now'])
  })

  it('begins anew when the letters cannot be published: no loser is passed over, and none is looked past', async () => {
    const { sweep, faults, done, letters, marks } = world([clockIn(1), clockIn(2)])
    faults.push(new Error('the broker is away'))
    await expect(sweep()).rejects.toThrow('the broker is away')
    expect({ done: done.size, marks }).toEqual({ done: 0, marks: [] })
    await sweep()
    expect({ done: done.size, letters: letters.length, marks }).toEqual({ done: 2, letters: 2, marks: ['now'] })
  })

  it('goes on until it has seen all, and marks how far it looked only then', async () => {
    const { sweep, done, marks } = world(
      [1, 2, 3, 4, 5].map((offset) => clockIn(offset)),
      undefined,
      2,
    )
    await sweep()
    expect([...done.keys()]).toEqual([1, 2, 3, 4, 5])
    expect(marks).toEqual(['now'])
  })

  it.each([
    ['has it no longer', undefined],
    ['has another message in its place, since the topic was made anew', { ...clockIn(2), offset: 1 }],
  ])('sends a letter without bytes where Kafka %s, and touches what the tables remember', async (_, kept) => {
    const { sweep, touched, letters } = world([clockIn(1)], [kept])
    await sweep()
    expect(letters).toMatchObject([{ offset: 1, key: null, value: Buffer.alloc(0), headers: {} }])
    expect(letters[0]?.detail).toContain('Kafka no longer has the original')
    expect(touched).toEqual([
      {
        entities: ['day|gone|2026-11-09'],
        revised: [
          { source: '/hr', id: 'gone' },
          { source: '/hr', id: 'old' },
        ],
      },
    ])
  })
})
