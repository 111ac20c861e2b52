import type { Lane } from '@bina/events/topics'
import { createEventPublisher, type EventPublisher } from '@bina/kafka/event-publisher'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { CommandError } from './command-error.ts'
import type { CommandContext } from './context.ts'
import { explainError } from './explain-error.ts'
import { publishInBatches, type SizedEvent } from './publish-batches.ts'
import type { Servers } from './servers.ts'

/** A publisher for one command. */
export async function withPublisher<T>(
  { kafka, topicPrefix }: Servers,
  work: (publisher: EventPublisher) => Promise<T>,
): Promise<T> {
  const messages = await createMessagePublisher(kafka)
  try {
    return await work(createEventPublisher(messages, { topicPrefix }))
  } finally {
    await messages.close()
  }
}

/** How events of a file come in. */
export interface WayIn {
  /** Events a second at most; as fast as Kafka takes them when absent. */
  readonly rate?: number | undefined
  /** The live one when absent. */
  readonly lane?: Lane | undefined
}

/** What a publisher of history wants to know. */
export const laneWords = (lane: Lane | undefined): readonly string[] =>
  lane === 'backfill'
    ? ['History is taken in behind everything live; reports wait until it is in. How far it is: npx bina status']
    : []

/** Publishes checked events under a bar. When it cannot go on it says how far it came: all of it can be published again. */
export async function publishEvents(
  context: CommandContext,
  servers: Servers,
  events: AsyncIterable<SizedEvent>,
  { total, rate, lane }: { readonly total: number | undefined } & WayIn,
): Promise<number> {
  const step = context.progress.step('Publishing', total)
  let published = 0
  const onProgress = (count: number) => {
    published = count
    step.update(count, total === undefined ? `${count} events` : '')
  }
  try {
    const { signal } = context
    await withPublisher(servers, (publisher) => publishInBatches(publisher, events, { onProgress, signal, rate, lane }))
    step.done(`${published} events`)
    return published
  } catch (error) {
    step.fail(`${published} events, then it broke off`)
    const explained = explainError(error, context.env)
    if (explained === undefined && !context.signal.aborted) throw error
    const why = explained === undefined ? 'Stopped.' : `${explained.message} ${explained.next}`
    throw new CommandError(
      `${why} ${published} events were published before. Run the same command again: what is there already is recognised and changes nothing.`,
    )
  }
}
