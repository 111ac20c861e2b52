import { randomBytes } from 'node:crypto'
import { type TopicName, topicName } from '@bina/events/topics'
import type { OriginalMessages } from '@bina/pipeline/ports/original-messages'
import type { Kafka } from './connect.ts'
import { readMessagesAt } from './read-messages-at.ts'

export interface OriginalMessagesConfig {
  readonly topicPrefix: string
  /** Beginning of the names of the groups that read; each read has one of its own, and commits nothing. */
  readonly groupId: string
  readonly timeoutMs: number
}

/** Reads messages of the contract's topics from the broker once more. */
export function createOriginalMessages(kafka: Kafka, config: OriginalMessagesConfig): OriginalMessages {
  const nameOf = (topic: string) => topicName(config.topicPrefix, topic as TopicName)
  return {
    read: async (places) => {
      const messages = await readMessagesAt(
        kafka,
        places.map((place) => ({ ...place, topic: nameOf(place.topic) })),
        { groupId: `${config.groupId}-${randomBytes(6).toString('hex')}`, timeoutMs: config.timeoutMs },
      )
      return messages.map((message, at) => message && { ...message, topic: places[at]?.topic ?? message.topic })
    },
  }
}
