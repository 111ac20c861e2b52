import { createHash } from 'node:crypto'
import type { ServiceEvent } from '@bina/events/service-event'

/** The event under an id as random as real publishers make them, the same for the same id, so that repeats and corrections still meet. */
export function withRandomId(event: ServiceEvent): ServiceEvent {
  const renamed = { ...event, id: uuidOf(event.id) }
  if (event.supersedes !== undefined) renamed.supersedes = uuidOf(event.supersedes)
  return event.type === 'bina.event.withdrawn.v1'
    ? ({ ...renamed, data: { ...event.data, withdrawnId: uuidOf(event.data.withdrawnId) } } as ServiceEvent)
    : renamed
}

/** A UUID made from a text. */
export function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
