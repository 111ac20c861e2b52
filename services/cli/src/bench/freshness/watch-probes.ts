import { setTimeout as wait } from 'node:timers/promises'
import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { selectRows } from '@bina/clickhouse/select-rows'
import type { PlainDate } from '@bina/domain/plain-date'
import { steadySource } from '../steady-events.ts'
import type { Probe } from './publish-steadily.ts'

/** Those of the probes that `events` holds by now. */
export async function probesInEvents(
  client: ClickHouseClient,
  probes: readonly Probe[],
): Promise<(probe: Probe) => boolean> {
  const rows = await selectRows<{ id: string }>(
    client,
    'SELECT id FROM events WHERE source = {source: String} AND id IN {ids: Array(String)}',
    { source: steadySource, ids: probes.map(({ id }) => id) },
  )
  const stored = new Set(rows.map(({ id }) => id))
  return ({ id }) => stored.has(id)
}

/** Those that their unit's score of the probe week was made with: the measure counts them, and the score is of the same moment. */
export function createProbesInScores(probeWeek: PlainDate) {
  return async (client: ClickHouseClient, probes: readonly Probe[]): Promise<(probe: Probe) => boolean> => {
    const ofTheWeek = 'unit_id IN {units: Array(String)} AND week = {week: Date}'
    const rows = await selectRows<{ unitId: string; counted: number }>(
      client,
      `SELECT m.unit_id AS unitId, m.denominator AS counted
       FROM (SELECT * FROM unit_week_measure WHERE ${ofTheWeek} AND scope = 'own' AND measure = 'A1' AND window = 'W1') AS m
       INNER JOIN (SELECT * FROM unit_week_score WHERE ${ofTheWeek} AND score = 'discipline') AS s
       ON m.unit_id = s.unit_id AND m.as_of = s.as_of`,
      { units: [...new Set(probes.map(({ unitId }) => unitId))], week: probeWeek },
    )
    const counted = new Map(rows.map(({ unitId, counted }) => [unitId, counted]))
    return ({ unitId, countWithIt }) => (counted.get(unitId) ?? 0) >= countWithIt
  }
}

export interface Delays {
  readonly milliseconds: readonly number[]
  /** Probes that were not seen in time. */
  readonly unseen: number
}

/** Looks again and again for the probes that were acknowledged, until all have been seen or the time is over. A probe's delay ends when the
 *  answer that shows it is here, so that it is never told too short. */
export async function watchProbes(
  waiting: Probe[],
  options: {
    readonly total: number
    readonly everyMs: number
    readonly seenBy: (probes: readonly Probe[]) => Promise<(probe: Probe) => boolean>
    readonly isOver: () => boolean
    readonly signal: AbortSignal
  },
): Promise<Delays> {
  const milliseconds: number[] = []
  while (milliseconds.length < options.total && !options.isOver()) {
    options.signal.throwIfAborted()
    const asked = waiting.splice(0)
    if (asked.length > 0) {
      const isSeen = await options.seenBy(asked)
      const seenMs = performance.now()
      for (const probe of asked) {
        if (isSeen(probe)) milliseconds.push(seenMs - probe.acknowledgedMs)
        else waiting.push(probe)
      }
    }
    await wait(options.everyMs, undefined, { signal: options.signal })
  }
  return { milliseconds, unseen: options.total - milliseconds.length }
}
