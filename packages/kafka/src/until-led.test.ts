import type { ITopicMetadata } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { untilLed } from './until-led.ts'

const topic = (leader: number) =>
  ({
    name: 'events',
    partitions: [
      { partitionId: 0, leader: 0 },
      { partitionId: 1, leader },
    ],
  }) as ITopicMetadata
const refusal = (type: string) =>
  Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type, retriable: false })

/** A broker that gives these answers, one after the other, and the last one again and again. */
function broker(...answers: (Error | ITopicMetadata)[]) {
  let looks = 0
  return {
    looks: () => looks,
    fetchTopicMetadata: async () => {
      const answer = answers[Math.min(looks++, answers.length - 1)]
      if (answer instanceof Error) throw answer
      return { topics: answer === undefined ? [] : [answer] }
    },
  }
}

describe('a city that lays its topics on a busy broker', () => {
  it('waits while the broker does not know the new topic, and while a partition has no leader', async () => {
    const busy = broker(refusal('UNKNOWN_TOPIC_OR_PARTITION'), refusal('LEADER_NOT_AVAILABLE'), topic(-1), topic(1))
    await untilLed(busy, ['events'], { timeoutMs: 10_000 })
    expect(busy.looks()).toBe(4)
  })

  it('hears at once of what no waiting mends', async () => {
    const closed = broker(refusal('TOPIC_AUTHORIZATION_FAILED'), topic(1))
    await expect(untilLed(closed, ['events'], { timeoutMs: 10_000 })).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED')
  })

  it('hears what the broker says last when the time is over', async () => {
    await expect(untilLed(broker(refusal('LEADER_NOT_AVAILABLE')), ['events'], { timeoutMs: 0 })).rejects.toThrow(
      'LEADER_NOT_AVAILABLE',
    )
    await expect(untilLed(broker(topic(-1)), ['events'], { timeoutMs: 0 })).rejects.toThrow('no leader')
  })
})
