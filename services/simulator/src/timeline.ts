import type { ServiceEvent } from '@bina/events/service-event'

/** Where lives that reach over weeks put what will happen, until its day comes. */
export interface Timeline {
  /** What falls after the simulated weeks is left out: it has not happened yet. */
  add(event: ServiceEvent): void
  /** All events before the instant, in order; nothing may be added before it any more. */
  takeBefore(endMs: number): readonly ServiceEvent[]
}

const bucketMs = 86_400_000

function byTimeThenId(a: ServiceEvent, b: ServiceEvent): number {
  return a.occurredAtMs - b.occurredAtMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

export function createTimeline(config: { readonly startMs: number; readonly endMs: number }): Timeline {
  // Buckets of 24 hours keep the sorting small, also where a city's clocks change.
  const buckets = new Map<number, ServiceEvent[]>()
  let openFromMs = config.startMs
  const bucketOf = (instantMs: number) => Math.floor((instantMs - config.startMs) / bucketMs)

  return {
    add: (event) => {
      if (event.occurredAtMs >= config.endMs) return
      if (event.occurredAtMs < openFromMs) throw new RangeError(`event ${event.id} lies before what was already told`)
      const index = bucketOf(event.occurredAtMs)
      const bucket = buckets.get(index)
      if (bucket === undefined) buckets.set(index, [event])
      else bucket.push(event)
    },
    takeBefore: (endMs) => {
      const taken: ServiceEvent[] = []
      for (let index = bucketOf(openFromMs); index <= bucketOf(endMs); index += 1) {
        const bucket = buckets.get(index) ?? []
        const later: ServiceEvent[] = []
        for (const event of bucket) (event.occurredAtMs < endMs ? taken : later).push(event)
        if (later.length > 0) buckets.set(index, later)
        else buckets.delete(index)
      }
      openFromMs = endMs
      return taken.sort(byTimeThenId)
    },
  }
}
