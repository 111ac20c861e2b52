import { offsetMsAt } from '@bina/domain/zone'
import type { EventContent, ServiceEvent } from '@bina/events/service-event'

/** Tells that something happened. Instants are cut to whole seconds, as clocks at counters give them. */
export type Tell = (id: string, occurredAtMs: number, content: EventContent, supersedes?: string) => void

/** RFC 3339 in the city's clock with its offset, to the second: `2026-01-05T07:31:02+07:00`. */
export function timeInZone(zone: string, instantMs: number): string {
  const offsetMinutes = Math.round(offsetMsAt(zone, instantMs) / 60_000)
  const local = new Date(instantMs + offsetMinutes * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(offsetMinutes)
  const hours = String(Math.floor(size / 60)).padStart(2, '0')
  const minutes = String(size % 60).padStart(2, '0')
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`
}

export function makeEvent(
  config: { readonly source: string; readonly zone: string },
  id: string,
  occurredAtMs: number,
  content: EventContent,
  supersedes?: string,
): ServiceEvent {
  const wholeMs = Math.floor(occurredAtMs / 1_000) * 1_000
  return {
    ...content,
    source: config.source,
    id,
    occurredAtMs: wholeMs,
    time: timeInZone(config.zone, wholeMs),
    ...(supersedes === undefined ? {} : { supersedes }),
  }
}
