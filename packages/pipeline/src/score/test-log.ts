import { entityOf } from '../fold/entity.ts'
import type { KnownEvent } from '../fold/known-event.ts'
import { zone } from '../fold/test-city.ts'
import type { EntityLog, Identity, RevisionRow } from '../ports/entity-log.ts'

// Tests only: an entity log in memory over a list of events, which counts what it is asked.

export function createTestLog(events: readonly KnownEvent[]) {
  const asked: string[] = []
  const same = (a: Identity, b: Identity) => a.source === b.source && a.id === b.id
  const linksOf = (event: KnownEvent) => ({
    supersedes: event.supersedes ?? '',
    withdraws: event.type === 'bina.event.withdrawn.v1' ? event.data.withdrawnId : '',
  })
  const revisionsOf = (targets: readonly Identity[]): readonly RevisionRow[] =>
    events.flatMap((event) => {
      const { source, id, occurredAtMs } = event
      const { supersedes, withdraws } = linksOf(event)
      const links = [
        { kind: 'supersedes' as const, targetId: supersedes },
        { kind: 'withdraws' as const, targetId: withdraws },
      ]
      return links
        .filter(({ targetId }) => targetId !== '' && targets.some((target) => same(target, { source, id: targetId })))
        .map((link) => ({ source, id, occurredAtMs, ...link }))
    })
  const log: EntityLog = {
    serverTime: async () => {
      asked.push('time')
      return '2026-07-13 09:00:00.000000'
    },
    eventsOf: async (entities) => {
      asked.push(`events of ${entities.length}`)
      const found = events.filter((event) => entities.includes(entityOf(event, zone)))
      return {
        events: found.map((event) => {
          const { source, id, type, occurredAtMs, ingestedAtMs, data } = event
          const known = { source, id, type, occurredAtMs, ingestedAtMs, data: JSON.stringify(data) }
          return { entity: entityOf(event, zone), ...known, ...linksOf(event), hasLost: false }
        }),
        revisions: revisionsOf(found),
      }
    },
    revisionsOf: async (targets) => {
      asked.push(`revisions of ${targets.length}`)
      return revisionsOf(targets)
    },
    locate: async (identities) => {
      asked.push(`locate ${identities.length}`)
      return events
        .filter((event) => identities.some((identity) => same(identity, event)))
        .map((event) => ({ source: event.source, id: event.id, entity: entityOf(event, zone), ...linksOf(event) }))
    },
    entitiesOfKind: async (kind) =>
      [...new Set(events.map((event) => entityOf(event, zone)))]
        .filter((entity) => entity.startsWith(`${kind}|`))
        .sort(),
  }
  return { log, asked }
}
