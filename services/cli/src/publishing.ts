import { createEventPublisher, type EventPublisher } from '@bina/kafka/event-publisher'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import type { Servers } from './servers.ts'

/** A publisher for one command. */
export async function withPublisher<T>({ kafka, topicPrefix }: Servers, work: (publisher: EventPublisher) => Promise<T>): Promise<T> {
  const messages = await createMessagePublisher(kafka)
  try {
    return await work(createEventPublisher(messages, { topicPrefix }))
  } finally {
    await messages.close()
  }
}
