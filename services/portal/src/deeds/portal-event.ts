import { createHash } from 'node:crypto'
import type { PlainDate } from '@bina/domain/plain-date'
import { instantOf } from '@bina/domain/zone'
import type { EventType, ServiceEvent } from '@bina/events/service-event'
import type { EventToPublish } from '@bina/kafka/event-publisher'

export const portalSource = 'urn:bina:portal'

/** The id of what a link speaks of: the same from every copy of the report, so that a head and a superior who both press agree on one step. */
export function itemIdOf(kind: 'action' | 'objection' | 'session', ...parts: readonly string[]): string {
  return `portal-${digestOf(kind, ...parts)}`
}

/**
 * An event of a pressed button, made from its link and its day alone: a second click, another tab, a retry and another process of this
 * portal make the same event, which is a repeat and counts once. Its time is therefore the beginning of the day: everything in coaching is
 * counted by days, and `ingested_at` tells the minute. Pressed again on another day, it speaks of the same item: the first day stands.
 */
export function portalEvent<T extends EventType>(
  type: T,
  content: { readonly unitId: string; readonly itemId: string; readonly day: PlainDate; readonly zone: string },
  data: ServiceEvent<T>['data'],
): EventToPublish {
  const { unitId, itemId, day, zone } = content
  const event = {
    source: portalSource,
    id: `${digestOf(type, unitId, itemId)}-${day}`,
    type,
    subject: unitId,
    time: new Date(instantOf(zone, day, 0)).toISOString(),
    data,
  }
  // Type and data belong together by the signature.
  return event as unknown as EventToPublish
}

const digestOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url')
