import { identityOf } from '@bina/events/identity'
import type { ServiceEvent } from '@bina/events/service-event'
import type { EventTransport } from './transport.ts'

/** Keeps what it is given: for the tests of your own system. Knows repeats, as Bina does. */
export function createMemoryTransport(): EventTransport & {
  readonly events: readonly ServiceEvent[]
  readonly calls: () => number
} {
  const events: ServiceEvent[] = []
  const known = new Set<string>()
  let calls = 0
  return {
    maxEvents: 1000,
    maxBytes: 1024 * 1024,
    events,
    calls: () => calls,
    publish: async (batch) => {
      calls++
      return batch.map((event) => {
        const identity = identityOf(event)
        if (known.has(identity)) return { status: 'duplicate' }
        known.add(identity)
        events.push(event)
        return { status: 'accepted' }
      })
    },
    close: async () => {},
  }
}
