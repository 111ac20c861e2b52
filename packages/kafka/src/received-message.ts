import type { KafkaMessage } from 'kafkajs'

/** A message as the broker gave it. `offset` is a whole number below 2^53; `recordAtMs` is the record's timestamp. */
export interface ReceivedMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly recordAtMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}

export function toReceived(topic: string, partition: number, message: KafkaMessage): ReceivedMessage {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    recordAtMs: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  }
}
