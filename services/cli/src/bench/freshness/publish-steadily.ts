import { setInterval } from 'node:timers/promises'
import type { EventPublisher } from '@bina/kafka/event-publisher'
import type { SteadyEvents } from '../steady-events.ts'

export interface Probe {
  readonly id: string
  readonly unitId: string
  /** It is in once its unit's count of the probe week is this high. */
  readonly countWithIt: number
  /** When the broker had acknowledged it, on the clock of `performance`. */
  readonly acknowledgedMs: number
}

export interface SteadyLoad {
  readonly eventsPerSecond: number
  readonly warmUpSeconds: number
  readonly measuredSeconds: number
  readonly probes: number
}

const everyMs = 20
/** Batches that may wait for their acknowledgement at once, so that a slow answer does not lower the rate. */
const inFlight = 4

/**
 * Publishes so many events a second and, after the warm-up, the probes among them, evenly. Gives the events a second that were acknowledged:
 * less than asked for where the broker does not keep up.
 */
export async function publishSteadily(
  city: SteadyEvents,
  load: SteadyLoad,
  deps: {
    readonly publishers: readonly EventPublisher[]
    readonly acknowledged: (probe: Probe) => void
    /** Where the count of events goes on, so that no identity comes twice. */
    readonly from: number
    /** The same for probes: how many each unit has had. */
    readonly probesBefore: number
    readonly signal: AbortSignal
  },
): Promise<{ readonly published: number; readonly eventsPerSecond: number }> {
  const startedMs = performance.now()
  const elapsedSeconds = () => (performance.now() - startedMs) / 1000
  const running = new Set<Promise<void>>()
  let [published, sent, next] = [0, 0, 0]
  let failure: unknown
  for await (const _ of setInterval(everyMs, undefined, { signal: deps.signal })) {
    if (failure !== undefined) throw failure
    const seconds = Math.min(elapsedSeconds(), load.warmUpSeconds + load.measuredSeconds)
    const due = Math.floor(seconds * load.eventsPerSecond)
    const share = Math.max(0, (seconds - load.warmUpSeconds) / load.measuredSeconds)
    const events = Array.from({ length: due - published }, (_, at) => city.event(deps.from + published + at))
    const probes = Array.from({ length: Math.floor(share * load.probes) - sent }, (_, at) => {
      const n = deps.probesBefore + sent + at
      return { ...city.probe(n), countWithIt: Math.floor(n / city.units.length) + 1 }
    })
    published += events.length
    sent += probes.length
    const publisher = deps.publishers[next++ % deps.publishers.length]
    const sending = (async () => {
      await publisher?.publish([...events, ...probes.map((probe) => probe.event)])
      const acknowledgedMs = performance.now()
      for (const { id, unitId, countWithIt } of probes) deps.acknowledged({ id, unitId, countWithIt, acknowledgedMs })
    })()
    running.add(sending)
    sending
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => running.delete(sending))
    if (running.size >= inFlight) await Promise.race(running)
    if (seconds >= load.warmUpSeconds + load.measuredSeconds) break
  }
  await Promise.all(running)
  return { published, eventsPerSecond: published / elapsedSeconds() }
}
