import type { ServiceEvent } from '@bina/events/service-event'
import type { DeadLetter } from '@bina/pipeline/ports/dead-letters'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { createDeadLetters } from './dead-letters.ts'
import { createEventPublisher } from './event-publisher.ts'
import type { MessagePublisher, OutgoingMessage } from './message-publisher.ts'
import { createTouchPublisher } from './touch-publisher.ts'

function memoryPublisher() {
  const sent: OutgoingMessage[] = []
  const publisher: MessagePublisher = {
    publish: async (messages) => void sent.push(...messages),
    close: async () => {},
  }
  return { sent, publisher }
}

const topicPrefix = 'palembang.'
const refusal = { message: 'too large', type: 'MESSAGE_TOO_LARGE', code: 10, retriable: false }
const tooLarge = Reflect.construct(kafkajs.KafkaJSProtocolError as unknown as new () => Error, [refusal])
const complaint = {
  source: '/sp4n',
  id: '1',
  type: 'bina.complaint.assigned.v1',
  subject: 'LAPOR-1',
  occurredAtMs: 0,
  time: '2026-07-13T09:00:00+07:00',
  data: { complaintId: 'LAPOR-1', unitId: 'A', ruledBy: 'coordinator' },
} as const
const withdrawal = {
  ...complaint,
  id: '2',
  type: 'bina.event.withdrawn.v1',
  data: { withdrawnId: '1', reason: 'mistake' },
} as const

describe('an event that is published', () => {
  it('goes to the topic of its type, under the key of its entity', async () => {
    const { sent, publisher } = memoryPublisher()
    await createEventPublisher(publisher, { topicPrefix }).publish([complaint])
    expect(sent).toMatchObject([{ topic: 'palembang.bina.complaint.v1', key: 'LAPOR-1' }])
    expect(JSON.parse(String(sent[0]?.value))).toMatchObject({ specversion: '1.0', id: '1', data: complaint.data })
  })

  it('may be a withdrawal, which has no topic of its own and stands on any', async () => {
    const { sent, publisher } = memoryPublisher()
    await createEventPublisher(publisher, { topicPrefix: '' }).publish([withdrawal as ServiceEvent])
    expect(sent[0]?.topic).toBe('bina.attendance.v1')
  })

  it('goes by the lane for history when its publisher says so, a withdrawal too', async () => {
    const { sent, publisher } = memoryPublisher()
    const { publish } = createEventPublisher(publisher, { topicPrefix })
    await publish([complaint, withdrawal as ServiceEvent], 'backfill')
    expect(sent.map(({ topic }) => topic)).toEqual([
      'palembang.bina.backfill.complaint.v1',
      'palembang.bina.backfill.attendance.v1',
    ])
  })

  it("carries the HTTP door's clock beside the headers of its mode", async () => {
    const { sent, publisher } = memoryPublisher()
    const headers = () => ({ 'bina-ingested-at': '2026-07-13T02:00:00.000Z' })
    await createEventPublisher(publisher, { topicPrefix, mode: 'binary', headers }).publish([complaint])
    expect(sent[0]?.headers).toMatchObject({
      ce_id: '1',
      ce_source: '/sp4n',
      'bina-ingested-at': '2026-07-13T02:00:00.000Z',
    })
  })
})

describe('a dead letter', () => {
  const letter: DeadLetter = {
    topic: 'bina.attendance.v1',
    partition: 3,
    offset: 1_207,
    atMs: Date.parse('2026-07-13T09:00:00+07:00'),
    reason: 'not_json',
    detail: 'no JSON',
    key: Buffer.from([0xff]),
    value: Buffer.from([0xc3, 0x28]),
    headers: { origin: 'turnstile', many: ['a', Buffer.from('b')], none: undefined },
  }

  it('keeps its key, bytes and headers, and says beside them why and from where', async () => {
    const { sent, publisher } = memoryPublisher()
    await createDeadLetters(publisher, { topicPrefix }).publish([letter])
    expect(sent).toEqual([
      {
        topic: 'palembang.bina.dead-letter.v1',
        key: letter.key,
        value: letter.value,
        headers: {
          origin: 'turnstile',
          many: ['a', Buffer.from('b')],
          'bina-reason': 'not_json',
          'bina-detail': 'no JSON',
          'bina-topic': 'bina.attendance.v1',
          'bina-partition': '3',
          'bina-offset': '1207',
          'bina-at': '2026-07-13T02:00:00.000Z',
        },
      },
    ])
  })

  it('goes without its value, or with its reason alone, where the broker refuses it for its size: no other waits for it', async () => {
    const { sent, publisher } = memoryPublisher()
    const sizeOf = ({ key, value, headers }: OutgoingMessage) =>
      (key?.length ?? 0) + (value?.length ?? 0) + JSON.stringify(headers).length
    const strict: MessagePublisher = {
      ...publisher,
      publish: async (messages) => {
        if (messages.some((message) => sizeOf(message) > 1_000)) throw tooLarge
        await publisher.publish(messages)
      },
    }
    const large = Buffer.alloc(2_000)
    const letters = [letter, { ...letter, offset: 2, value: large }, { ...letter, offset: 3, key: large }]
    await createDeadLetters(strict, { topicPrefix }).publish(letters)
    expect(sent.map(({ key, value, headers }) => [headers?.['bina-offset'], key !== null, value !== null])).toEqual([
      ['1207', true, true],
      ['2', true, false],
      ['3', false, false],
    ])
    expect(String(sent[1]?.headers?.['bina-value'])).toContain('the table dead_letter has it')
  })

  it('has its partition chosen beforehand where its key is long, for which kafkajs would take minutes', async () => {
    const { sent, publisher } = memoryPublisher()
    const key = Buffer.alloc(900_000)
    await createDeadLetters(publisher, { topicPrefix }).publish([{ ...letter, key }, letter])
    expect(sent.map((message) => [message.key?.length, message.partition])).toEqual([
      [900_000, 0],
      [1, undefined],
    ])
  })

  it('is not cut short where the broker is away', async () => {
    const away: MessagePublisher = {
      publish: async () => {
        throw new Error('away')
      },
      close: async () => {},
    }
    await expect(createDeadLetters(away, { topicPrefix }).publish([letter])).rejects.toThrow('away')
  })

  it('cannot pretend to another reason or place by headers that it brought along', async () => {
    const { sent, publisher } = memoryPublisher()
    const headers = { 'bina-reason': 'none', 'bina-offset': '1' }
    await createDeadLetters(publisher, { topicPrefix }).publish([{ ...letter, headers }])
    expect(sent[0]?.headers).toMatchObject({ 'bina-reason': 'not_json', 'bina-offset': '1207' })
  })
})

it('publishes touches on internal topics of the same city', async () => {
  const { sent, publisher } = memoryPublisher()
  const touches = createTouchPublisher(publisher, { topicPrefix })
  await touches.touch({ entities: ['complaint|1'], revised: [] })
  await touches.touchUnits([{ unitId: 'A', fromWeek: '2026-07-06', toWeek: '2026-07-13' }])
  expect(sent.map(({ topic }) => topic)).toEqual(['palembang.bina.touched.v1', 'palembang.bina.touched-unit.v1'])
})
