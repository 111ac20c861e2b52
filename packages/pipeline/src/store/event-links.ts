import type { ServiceEvent } from '@bina/events/service-event'
import { entityOf } from '../fold/entity.ts'

/** What an event belongs to, and the ids of the same source that it takes back: empty where it takes back nothing. */
export interface EventLinks {
  readonly entity: string
  readonly supersedes: string
  readonly withdraws: string
}

export function linksOf(event: ServiceEvent, zone: string): EventLinks {
  return {
    entity: entityOf(event, zone),
    supersedes: event.supersedes ?? '',
    withdraws: event.type === 'bina.event.withdrawn.v1' ? event.data.withdrawnId : '',
  }
}
