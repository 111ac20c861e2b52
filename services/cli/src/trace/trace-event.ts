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
import { createKafkaAdmin } from '@bina/kafka/admin'
import { pipelineStages } from '@bina/pipeline/stages'
import type { Servers } from '../servers.ts'
import { eventStanding } from './event-standing.ts'
import { movedRow } from './moved-rows.ts'
import { revisionsOver } from './revisions-over.ts'
import type { Behind, Moved, Trace } from './trace-result.ts'

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
    const row = await movedRow({ clickhouse, zone, nowMs }, entity, event.unitId)
    if (row !== undefined) moved.push(row)
  }
  return { fate, revisers, names, moved, others: await otherMessages(clickhouse, identity) }
}

async function behindOf({ kafka, topicPrefix }: Servers): Promise<Behind> {
  const admin = await createKafkaAdmin(kafka)
  try {
    const lags = await Promise.all(
      pipelineStages(topicPrefix).map(async ({ groupId, topics }) => {
        const partitions = await admin.lagOf(groupId, topics)
        return partitions.reduce((sum, { lag }) => sum + lag, 0)
      }),
    )
    const [sink = 0, fold = 0, judge = 0] = lags
    return { sink, fold, judge }
  } finally {
    await admin.close()
  }
}
