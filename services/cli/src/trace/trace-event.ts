import { createEntityLog } from '@bina/clickhouse/entity-log'
import {
  likelySources,
  otherMessages,
  sourceFacts,
  type TracedEvent,
  type TracedIdentity,
  tracedEvent,
  tracedLetters,
} from '@bina/clickhouse/trace-queries'
import { behindOf } from '../behind.ts'
import type { Servers } from '../servers.ts'
import { eventStanding } from './event-standing.ts'
import { movedRows } from './moved-rows.ts'
import { revisionsOver } from './revisions-over.ts'
import type { Moved, Trace } from './trace-result.ts'

/** Follows an event from Kafka to the figures that it moved. */
export async function traceEvent(servers: Servers, identity: TracedIdentity, nowMs: number): Promise<Trace> {
  const { clickhouse } = servers
  // Asked first: what the sink had still to do then may be stored by now, never the other way round.
  const behind = await behindOf(servers)
  const event = await tracedEvent(clickhouse, identity)
  const letters = await tracedLetters(clickhouse, identity)
  if (event === undefined) {
    const isDeadLetter = letters.some(({ certain }) => certain)
    const sought = {
      source: await sourceFacts(clickhouse, identity.source),
      likelySources: await likelySources(clickhouse, identity.id),
    }
    const fate = isDeadLetter ? 'dead_letter' : 'not_arrived'
    return { ...identity, fate, behind, event, others: [], revisers: [], names: [], letters, sought, moved: [] }
  }
  return {
    ...identity,
    behind,
    event,
    letters,
    sought: undefined,
    ...(await traceStored(servers, identity, event, nowMs)),
  }
}

async function traceStored(servers: Servers, identity: TracedIdentity, event: TracedEvent, nowMs: number) {
  const { clickhouse, zone } = servers
  const log = createEntityLog(clickhouse)
  const { supersedes, withdraws, occurredAtMs } = event
  const own = { ...identity, occurredAtMs, ...(supersedes && { supersedes }), ...(withdraws && { withdraws }) }
  const { fate, revisers } = eventStanding(own, await revisionsOver(log, identity))
  const targets = [supersedes, withdraws].filter((id) => id !== '')
  const located = await log.locate(targets.map((id) => ({ source: identity.source, id })))
  const arrived = new Set(located.map(({ id }) => id))
  const names = [
    ...(supersedes === '' ? [] : [{ does: 'supersedes' as const, id: supersedes, arrived: arrived.has(supersedes) }]),
    ...(withdraws === '' ? [] : [{ does: 'withdraws' as const, id: withdraws, arrived: arrived.has(withdraws) }]),
  ]
  const moved: Moved[] = []
  for (const entity of new Set([event.entity, ...located.map((target) => target.entity)])) {
    const told = [{ ...identity, entity: event.entity }, ...located].filter((one) => one.entity === entity)
    moved.push(...(await movedRows({ clickhouse, zone, nowMs }, entity, told, event.unitId)))
  }
  return { fate, revisers, names, moved, others: await otherMessages(clickhouse, identity) }
}
