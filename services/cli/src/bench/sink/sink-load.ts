import { createWorkCalendar } from '@bina/domain/calendar'
import type { ServiceEvent } from '@bina/events/service-event'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { loadPolicy } from '@bina/runtime/load-policy'
import { publishCity } from '@bina/simulator/publish-city'
import { publishOrder } from '@bina/simulator/publish-order'
import { simulateCity } from '@bina/simulator/simulate-city'
import type { CommandContext } from '../../context.ts'
import type { Servers } from '../../servers.ts'

export interface SinkLoad {
  /** On the topics, repeats included. */
  readonly messages: number
  /** Identities: what stands in `events` in the end. */
  readonly events: number
}

// A city publishes about as much in a week: larger loads are more weeks of the same people, not more people.
const eventsPerWeek = 60_000

/** Publishes the first so many messages of the simulator's city, in its usual mix and order: late ones, corrections, and one in 300 twice. */
export async function publishSinkLoad(
  { config, kafka, zone }: Servers,
  options: {
    readonly topicPrefix: string
    readonly messages: number
    /** What becomes of each event before it is published. */
    readonly changed?: (event: ServiceEvent) => ServiceEvent
  },
  context: CommandContext,
): Promise<SinkLoad> {
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const weeks = Math.ceil(options.messages / eventsPerWeek)
  const city = {
    seed: 'bench sink',
    weeks,
    lastWeekMonday: lastClosedWeek(zone, Date.now()),
    zone,
    calendar: createWorkCalendar({ zone, policy: policy.calendar }),
    source: 'urn:bina:simulator',
    eventsTarget: Math.ceil(options.messages * 1.05),
  }
  const step = context.progress.step(`Publishing ${options.messages} events`, options.messages)
  const messages = await createMessagePublisher(kafka)
  const ids = new Set<string>()
  try {
    const publisher = createEventPublisher(messages, { topicPrefix: options.topicPrefix })
    const counted = await publishCity(
      first(options.messages, publishOrder(simulateCity(city), { seed: city.seed })),
      {
        publish: async (events) => {
          const told = options.changed === undefined ? events : events.map(options.changed)
          await publisher.publish(told)
          for (const { id } of told) ids.add(id)
        },
      },
      {
        batchSize: 2_000,
        onProgress: ({ published }) => step.update(published, `${published} events`),
        signal: context.signal,
      },
    )
    context.signal.throwIfAborted()
    step.done(`${counted.published} events`)
    return { messages: counted.published, events: ids.size }
  } catch (error) {
    step.fail()
    throw error
  } finally {
    await messages.close()
  }
}

function* first<T>(count: number, items: Iterable<T>): Generator<T> {
  let given = 0
  for (const item of items) {
    if (given++ === count) return
    yield item
  }
}
