import type { ServiceEvent } from '@bina/events/service-event'
import type { Lane } from '@bina/events/topics'
import { ProblemError } from './problem.ts'

/** What this door needs of Kafka: resolves once every event is acknowledged by all in-sync replicas. */
export interface EventSink {
  publish(events: readonly ServiceEvent[], lane: Lane): Promise<void>
}

export interface PublishingConfig {
  readonly timeoutMs: number
  readonly maxPendingEvents: number
}

/** Publishes or says 503, and never holds more than the machine can bear. What a request gave up on may still arrive: its
 *  sender repeats it, and a repeat changes nothing. */
export function createAcknowledgedPublishing(
  config: PublishingConfig,
  sink: EventSink,
): EventSink & { pendingEvents(): number } {
  let pending = 0
  const publish = async (events: readonly ServiceEvent[], lane: Lane) => {
    if (events.length === 0) return
    if (pending > 0 && pending + events.length > config.maxPendingEvents) {
      throw new ProblemError('busy', 'Many events wait for Kafka. Send again later.', {
        headers: { 'retry-after': '2' },
      })
    }
    pending += events.length
    // Counted until Kafka answers, not until the request does: what is given up on still takes its room.
    const acknowledged = (async () => {
      try {
        await sink.publish(events, lane)
      } finally {
        pending -= events.length
      }
    })()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no acknowledgement within ${config.timeoutMs} ms`)), config.timeoutMs)
    })
    try {
      await Promise.race([acknowledged, late])
    } catch (cause) {
      const detail = 'Kafka has not acknowledged the events. Send all of them again: a repeat changes nothing.'
      throw new ProblemError('kafka_unavailable', detail, { headers: { 'retry-after': '5' }, cause })
    } finally {
      clearTimeout(timer)
    }
  }
  return { publish, pendingEvents: () => pending }
}
