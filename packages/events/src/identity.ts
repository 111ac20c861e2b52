import type { ServiceEvent } from './service-event.ts'

/** (`source`, `id`) in one text. A source is a URI reference and so holds no space: no two identities give the same text. */
export function identityOf(event: Pick<ServiceEvent, 'source' | 'id'>): string {
  return `${event.source} ${event.id}`
}
