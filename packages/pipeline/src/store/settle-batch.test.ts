import { encodeEvent } from '@bina/events/encode-event'
import { readEvent } from '@bina/events/read-event'
import { topicOf } from '@bina/events/topics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArrivedMessage } from '../ports/arrived-message.ts'
import type { DeadLetter } from '../ports/dead-letters.ts'
import type { SettledMessage } from '../ports/ingest-log.ts'
import type { Touched } from '../ports/touch-publisher.ts'
import { createJudgeBatch } from './settle-batch.ts'

const zone = 'Asia/Jakarta'
const nowMs = Date.parse('2026-07-13T09:00:00+07:00')
type Event = Parameters<typeof encodeEvent>[0]

/** The world that a batch is settled into; a step that fails keeps what the steps before it did. */
function createWorld(clock = () => nowMs) {
  const kept: SettledMessage[] = []
  const letters: DeadLetter[] = []
  const touched: Touched[] = []
  const counted: string[] = []
  const steps: string[] = []
  const world = { failing: '' }
  const step = async (name: string, act: () => void) => {
    if (world.failing === name) throw new Error(`${name} is away`)
    steps.push(name)
    act()
  }
  const judge = createJudgeBatch(
    {
      zone,
      topicRanks: new Map([
        ['bina.attendance.v1', 0],
        ['bina.complaint.v1', 2],
      ]),
    },
    {
      read: readEvent,
      ingestLog: {
        begin: () => {
          const rows: SettledMessage[] = []
          return {
            add: (row) => void rows.push(row),
            settle: () => step('clickhouse', () => void kept.push(...rows)),
          }
        },
      },
      deadLetters: { publish: (some) => step('dead letters', () => void letters.push(...some)) },
      touches: { touch: (one) => step('touches', () => void touched.push(one)) },
      clock,
      count: (outcome, topic, messages) => void counted.push(`${messages} ${outcome} ${topic}`),
    },
  )
  const settle = (batch: readonly ArrivedMessage[]) => judge(batch).settle()
  return { world, kept, letters, touched, counted, steps, settle }
}

function arrived(event: Event, given: Partial<ArrivedMessage> = {}): ArrivedMessage {
  const { key, value, headers } = encodeEvent(event)
  const topic = topicOf(event.type) ?? 'bina.attendance.v1'
  return { topic, partition: 0, offset: 0, recordAtMs: nowMs - 1_000, key: Buffer.from(key), value, headers, ...given }
}

const clockIn = (id: string, given: Partial<Event> = {}): Event =>
  ({
    source: '/hr',
    id,
    type: 'bina.attendance.recorded.v1',
    subject: 'A',
    time: '2026-07-13T07:25:00+07:00',
    data: { unitId: 'A', personKey: 'p-0123456789', workDate: '2026-07-13', kind: 'in', method: 'device' },
    ...given,
  }) as Event

const withdrawal = (id: string, withdrawnId: string): Event => ({
  source: '/hr',
  id,
  type: 'bina.event.withdrawn.v1',
  subject: 'A',
  time: '2026-07-13T08:00:00+07:00',
  data: { withdrawnId, reason: 'mistake' },
})

const nonsense = (offset: number): ArrivedMessage => ({
  topic: 'bina.attendance.v1',
  partition: 1,
  offset,
  recordAtMs: nowMs,
  key: null,
  value: Buffer.from([0xc3, 0x28]),
  headers: { origin: 'turnstile', many: ['a', Buffer.from('b')], none: undefined },
})

describe('a batch that is settled', () => {
  it('keeps good events and sets bad ones aside with their bytes, without losing a neighbour', async () => {
    const { settle, kept, letters, touched, counted } = createWorld()
    await settle([arrived(clockIn('1')), nonsense(7), arrived(clockIn('2'), { offset: 1 })])
    expect(kept.map(({ outcome, partition, offset, topicRank }) => [outcome, partition, offset, topicRank])).toEqual([
      ['event', 0, 0, 0],
      ['dead_letter', 1, 7, 0],
      ['event', 0, 1, 0],
    ])
    expect(kept[0]).toMatchObject({
      source: '/hr',
      id: '1',
      unitId: 'A',
      entity: 'day|p-0123456789|2026-07-13',
      supersedes: '',
      withdraws: '',
    })
    expect(kept[1]).toMatchObject({ reason: 'not_json', key: null, value: Buffer.from([0xc3, 0x28]) })
    expect(letters).toMatchObject([
      { topic: 'bina.attendance.v1', partition: 1, offset: 7, reason: 'not_json', atMs: nowMs },
    ])
    expect(touched).toEqual([{ entities: ['day|p-0123456789|2026-07-13'], revised: [] }])
    expect(counted).toEqual(['2 event bina.attendance.v1', '1 not_json bina.attendance.v1'])
  })

  it('keeps every header of a dead letter, also those that come several times or empty', async () => {
    const { settle, kept } = createWorld()
    await settle([nonsense(1)])
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const headers = { origin: [base64('turnstile')], many: [base64('a'), base64('b')], none: [''] }
    expect(kept).toMatchObject([{ headersJson: JSON.stringify(headers) }])
  })

  it('says whom a correction or a withdrawal is about, beside its own entity', async () => {
    const { settle, touched } = createWorld()
    await settle([arrived(clockIn('2', { supersedes: '1' })), arrived(withdrawal('3', '0'), { offset: 1 })])
    expect(touched).toEqual([
      {
        entities: ['day|p-0123456789|2026-07-13', 'withdrawal'],
        revised: [
          { source: '/hr', id: '1' },
          { source: '/hr', id: '0' },
        ],
      },
    ])
  })

  it("gives a spot check to the city's date of its time", async () => {
    const { settle, kept } = createWorld()
    const data = { unitId: 'A', personKey: 'p-0123456789', checkId: 'c', medium: 'visit', outcome: 'confirmed' }
    await settle([
      arrived({
        ...clockIn('1'),
        type: 'bina.attendance.spot-checked.v1',
        time: '2026-07-11T23:30:00Z',
        data,
      } as Event),
    ])
    expect(kept).toMatchObject([{ entity: 'day|p-0123456789|2026-07-12' }])
  })
})

describe('when the world is away', () => {
  it.each(['clickhouse', 'dead letters', 'touches'])(
    '%s: nothing after that step is done, nothing is counted, and the batch can come again',
    async (away) => {
      const { world, settle, steps, kept, counted, touched } = createWorld()
      const batch = [arrived(clockIn('1')), nonsense(7)]
      world.failing = away
      await expect(settle(batch)).rejects.toThrow(away)
      const order = ['clickhouse', 'dead letters', 'touches']
      expect(steps).toEqual(order.slice(0, order.indexOf(away)))
      expect(counted).toEqual([])
      world.failing = ''
      const before = kept.splice(0)
      await settle(batch)
      if (before.length > 0) expect(kept).toEqual(before)
      expect(touched).toHaveLength(1)
    },
  )

  it('says the same of a message that comes again a day later', async () => {
    const clock = { nowMs }
    const { settle, kept } = createWorld(() => clock.nowMs)
    const soon = arrived(clockIn('1', { time: '2026-07-14T08:59:58+07:00' }))
    const tooSoon = arrived(clockIn('2', { time: '2026-07-14T09:00:00+07:00' }), { offset: 1 })
    await settle([soon, tooSoon])
    const first = kept.splice(0)
    expect(first).toMatchObject([{ outcome: 'event' }, { outcome: 'dead_letter', reason: 'time_in_future' }])
    clock.nowMs += 86_400_000
    await settle([soon, tooSoon])
    expect(kept).toEqual(first)
  })

  it("does not let a record's clock that runs ahead carry events of the future in", async () => {
    const { settle, kept } = createWorld()
    await settle([arrived(clockIn('1', { time: '2026-07-14T20:00:00+07:00' }), { recordAtMs: nowMs + 20 * 3_600_000 })])
    expect(kept).toMatchObject([{ reason: 'time_in_future' }])
  })
})

describe('the time at which an event came in', () => {
  const cameInAt = async (header: ArrivedMessage['headers'][string]) => {
    const { settle, kept } = createWorld()
    const message = arrived(clockIn('1'))
    await settle([{ ...message, headers: { ...message.headers, 'bina-ingested-at': header } }])
    return (kept[0]?.ingestedAtMs ?? 0) - message.recordAtMs
  }
  const door = (afterMs: number) => new Date(nowMs - 1_000 + afterMs).toISOString()

  it("is the HTTP door's clock where it says one that is near the record's", async () => {
    expect(await cameInAt(Buffer.from(door(-250)))).toBe(-250)
    expect(await cameInAt(door(-3_600_000))).toBe(-3_600_000)
  })

  it.each([
    ['no door', undefined],
    ['a door whose clock is more than an hour off', door(-3_600_001)],
    ['a door that says it twice', [door(-1), door(-2)]],
    ['a door that says no time', 'noon'],
  ])("is the record's timestamp with %s", async (_, header) => {
    expect(await cameInAt(header)).toBe(0)
  })
})

it('settles whatever bytes a topic may hold, each message once', async () => {
  const bytes = fc.option(fc.uint8Array({ maxLength: 64 }).map((some) => Buffer.from(some)))
  const headers = fc.dictionary(
    fc.constantFrom('ce_id', 'ce_type', 'content-type', 'x'),
    fc.oneof(
      bytes.map((some) => some ?? undefined),
      fc.string(),
    ),
  )
  const message = fc.record({
    key: bytes,
    value: fc.oneof(
      bytes,
      fc.json().map((text) => Buffer.from(text)),
    ),
    headers,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (messages) => {
      const { settle, kept, letters, counted } = createWorld()
      await settle(
        messages.map((one, offset) => ({
          ...one,
          topic: 'bina.complaint.v1',
          partition: 0,
          offset,
          recordAtMs: nowMs,
        })),
      )
      expect(kept.map(({ offset }) => offset)).toEqual(messages.map((_, at) => at))
      expect(letters.length).toBe(messages.length)
      expect(counted.reduce((sum, words) => sum + Number.parseInt(words, 10), 0)).toBe(messages.length)
    }),
  )
})
