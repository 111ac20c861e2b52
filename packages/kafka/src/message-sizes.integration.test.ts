import type { DeadLetter } from '@bina/pipeline/ports/dead-letters'
import { decodeTouched, decodeTouchedUnits } from '@bina/pipeline/score/touched-message'
import { createLogger } from '@bina/runtime/logger'
import { freshNames } from '@bina/testkit/test-city'
import type { EachMessagePayload, KafkaMessage } from 'kafkajs'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createKafkaAdmin } from './admin.ts'
import { connectKafka } from './connect.ts'
import { createDeadLetters } from './dead-letters.ts'
import { createMessagePublisher, type MessagePublisher } from './message-publisher.ts'
import { createTouchPublisher } from './touch-publisher.ts'

const { topicPrefix } = freshNames()
const log = createLogger({ service: 'test', level: 'silent' })
const kafka = connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
let publisher: MessagePublisher

/** What a broker takes that nobody has set. */
const stockLimit = { 'max.message.bytes': '1048588' }

beforeAll(async () => {
  const admin = await createKafkaAdmin(kafka)
  await admin.createTopics(
    ['bina.touched.v1', 'bina.touched-unit.v1', 'bina.dead-letter.v1'].map((name) => ({
      name: topicPrefix + name,
      partitions: 2,
      config: stockLimit,
    })),
  )
  await admin.close()
  publisher = await createMessagePublisher(kafka)
})

afterAll(() => publisher.close())

async function everythingOn(name: string) {
  const topic = topicPrefix + name
  const admin = kafka.admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  const expected = ends.reduce((sum, { high }) => sum + Number(high), 0)
  const consumer = kafka.consumer({ groupId: `${topicPrefix}reader-${name}`, maxWaitTimeInMs: 100 })
  const messages: KafkaMessage[] = []
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) reject(payload.error)
    })
    const eachMessage = async ({ message }: EachMessagePayload) => {
      messages.push(message)
      if (messages.length === expected) resolve()
    }
    consumer.run({ eachMessage }).catch(reject)
  })
  await consumer.disconnect()
  return messages
}

const lost = (sent: readonly string[], arrived: readonly string[]) => {
  const there = new Set(arrived)
  return sent.filter((name) => !there.has(name))
}

it('a flood of touched names goes through a broker that nobody has set, and all of it arrives', async () => {
  const touches = createTouchPublisher(publisher, { topicPrefix })
  // As long as the contract allows, and of letters that take four bytes.
  const entities = Array.from({ length: 60_000 }, (_, n) => `complaint|LAPOR-${String(n).padStart(120, '0')}`)
  const revised = Array.from({ length: 5_000 }, (_, n) => ({ source: '🏛'.repeat(128), id: `${n}` }))
  const units = Array.from({ length: 40_000 }, (_, n) => ({
    unitId: `16.71.${n}`,
    fromWeek: '2026-07-06',
    toWeek: '2026-07-13',
  }))
  await touches.touch({ entities, revised })
  await touches.touchUnits(units)
  const touched = (await everythingOn('bina.touched.v1')).map(({ value }) => decodeTouched(value).said)
  expect(
    lost(
      entities,
      touched.flatMap((one) => one.entities),
    ),
  ).toEqual([])
  expect(
    lost(
      revised.map(({ id }) => id),
      touched.flatMap((one) => one.revised.map(({ id }) => id)),
    ),
  ).toEqual([])
  const touchedUnits = (await everythingOn('bina.touched-unit.v1')).flatMap(
    ({ value }) => decodeTouchedUnits(value).said,
  )
  expect(
    lost(
      units.map(({ unitId }) => unitId),
      touchedUnits.map(({ unitId }) => unitId),
    ),
  ).toEqual([])
})

it('a letter that the broker refuses for its size goes without what is too large, and stops no other', async () => {
  const letter = (offset: number, given: Partial<DeadLetter> = {}): DeadLetter => ({
    topic: 'bina.attendance.v1',
    partition: 0,
    offset,
    atMs: 0,
    reason: 'not_json',
    detail: 'no JSON',
    key: Buffer.from('k'),
    value: Buffer.from([0xc3, 0x28]),
    headers: { origin: 'turnstile' },
    ...given,
  })
  const large = (bytes: number) => Buffer.alloc(bytes, 0xc3)
  const many = Array.from({ length: 200 }, (_, n) => letter(100 + n, { value: large(30_000) }))
  const manyHeaders = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`${n}`, large(700)]))
  await createDeadLetters(publisher, { topicPrefix }).publish([
    letter(0),
    letter(1, { value: large(900_000) }),
    letter(2, { value: large(2_000_000) }),
    letter(3, { headers: { origin: large(2_000_000) } }),
    letter(4, { key: large(2_000_000) }),
    letter(5, { headers: manyHeaders }),
    letter(6),
    letter(7, { key: large(900_000) }),
    ...many,
  ])
  const arrived = new Map(
    (await everythingOn('bina.dead-letter.v1')).map((message) => [Number(message.headers?.['bina-offset']), message]),
  )
  const offsets = [0, 1, 2, 3, 4, 5, 6, 7, ...many.map(({ offset }) => offset)]
  expect([...arrived.keys()].toSorted((a, b) => a - b)).toEqual(offsets)
  const shape = (offset: number) => {
    const letter = arrived.get(offset)
    const { origin, 'bina-reason': reason } = letter?.headers ?? {}
    return [letter?.key?.length ?? 0, letter?.value?.length ?? 0, origin !== undefined, String(reason)]
  }
  expect([0, 1, 2, 3, 4, 6, 7, 100].map(shape)).toEqual([
    [1, 2, true, 'not_json'],
    [1, 900_000, true, 'not_json'],
    [1, 0, true, 'not_json'],
    [0, 0, false, 'not_json'],
    [0, 0, false, 'not_json'],
    [1, 2, true, 'not_json'],
    [900_000, 2, true, 'not_json'],
    [1, 30_000, true, 'not_json'],
  ])
  expect(String(arrived.get(2)?.headers?.['bina-value'])).toContain('dead_letter has it')
})
