import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs } from '@bina/domain/week'
import { clickHouseFaultOf } from './clickhouse-fault.ts'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

// What stands behind a unit's scores of one week: days without their people, complaints, and the events of both.

export interface DaysOfStatus {
  readonly day: PlainDate
  readonly status: string
  readonly personDays: number
  readonly onTime: number
  readonly fullDay: number
  readonly checksConfirmed: number
  readonly checksFailed: number
}

interface Stretch {
  readonly unitId: string
  /** Both dates included. */
  readonly from: PlainDate
  readonly to: PlainDate
}

export const daysBehind = (client: ClickHouseClient, { unitId, from, to }: Stretch): Promise<readonly DaysOfStatus[]> =>
  selectRows<DaysOfStatus>(client, queryFile('unit.days_behind'), { unitId, from, to })

/** People with a day in A1's denominator: a number, and of the whole stretch. */
export async function personsBehind(client: ClickHouseClient, { unitId, from, to }: Stretch): Promise<number> {
  const [row] = await selectRows<{ persons: number }>(
    client,
    `SELECT toUInt32(uniqExact(person_key)) AS persons FROM judged_person_day
     WHERE unit_id = {unitId: String} AND work_date BETWEEN {from: Date} AND {to: Date} AND status IN ('present', 'unexcused')`,
    { unitId, from, to },
  )
  return row?.persons ?? 0
}

export interface EventBehind {
  readonly source: string
  readonly id: string
  readonly type: string
}

/** Undefined when this user may not read events of attendance. */
export async function dayEventsBehind(
  client: ClickHouseClient,
  { unitId, from, to }: Stretch,
): Promise<readonly (EventBehind & { readonly day: PlainDate })[] | undefined> {
  try {
    return await selectRows(client, queryFile('unit.day_events_behind'), { unitId, from, to })
  } catch (error) {
    if (clickHouseFaultOf(error) === 'not_allowed') return undefined
    throw error
  }
}

/** What one complaint adds to one measure of the unit. */
export interface CaseBehind {
  readonly complaintId: string
  readonly measure: 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6'
  readonly numerator: number
  readonly denominator: number
}

export const casesBehind = (
  client: ClickHouseClient,
  asked: {
    readonly unitId: string
    readonly week: PlainDate
    readonly windowWeeks: number
    readonly backlogWeeks: number
  },
  city: { readonly zone: string; readonly nowMs: number },
): Promise<readonly CaseBehind[]> =>
  selectRows<CaseBehind>(client, queryFile('unit.cases_behind'), {
    unitId: asked.unitId,
    week: asked.week,
    first: addDays(asked.week, -7 * (asked.windowWeeks - 1)),
    zone: city.zone,
    lookMs: Math.min(cutOffMs(city.zone, asked.week), city.nowMs),
    startMs: cutOffMs(city.zone, addDays(asked.week, -7 * asked.backlogWeeks)),
  })

/** Every event of these complaints, in order, those included that another has taken back. */
export const caseEventsBehind = (
  client: ClickHouseClient,
  complaintIds: readonly string[],
): Promise<readonly (EventBehind & { readonly complaintId: string })[]> =>
  selectByNames(
    client,
    `SELECT splitByChar('|', entity)[2] AS complaintId, source, id, type FROM entity_event FINAL
     WHERE entity IN {entities: Array(String)} ORDER BY complaintId, occurred_at, source, id`,
    { entities: complaintIds.map((id) => `complaint|${id}`) },
  )

/** Dates of the stretch on which nobody of five or more was heard of: they count as outages until the city says otherwise. */
export async function outagesBehind(
  client: ClickHouseClient,
  { unitId, from, to }: Stretch,
): Promise<readonly PlainDate[]> {
  const rows = await selectRows<{ day: PlainDate }>(
    client,
    `SELECT toString(o.day) AS day FROM suspected_outage AS o
     WHERE unit_id = {unitId: String} AND o.day BETWEEN {from: Date} AND {to: Date} ORDER BY day`,
    { unitId, from, to },
  )
  return rows.map(({ day }) => day)
}

export interface FindingOfWeek {
  readonly week: PlainDate
  readonly kind: string
  readonly count: number
}

/** What the data-quality view says of the unit's weeks, both included. */
export const findingsBehind = (
  client: ClickHouseClient,
  { unitId, from, to }: Stretch,
): Promise<readonly FindingOfWeek[]> =>
  selectRows<FindingOfWeek>(
    client,
    `SELECT toString(q.week) AS week, kind, toFloat64(count) AS count FROM data_quality AS q
     WHERE unit_id = {unitId: String} AND q.week BETWEEN {from: Date} AND {to: Date} ORDER BY week, kind`,
    { unitId, from, to },
  )

export interface StoredScore {
  readonly score: 'discipline' | 'service'
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: string
  readonly band: string
  readonly terms: Readonly<Record<string, number>>
  readonly status: 'provisional' | 'final'
  readonly policyVersion: string
  readonly asOf: string
}

export const storedScores = (
  client: ClickHouseClient,
  unitId: string,
  week: PlainDate,
): Promise<readonly StoredScore[]> =>
  selectRows<StoredScore>(
    client,
    `SELECT score, value, lower80, upper80, confidence, band, terms, status, policy_version AS policyVersion,
       toString(as_of) AS asOf
     FROM unit_week_score AS s WHERE unit_id = {unitId: String} AND s.week = {week: Date} ORDER BY score`,
    { unitId, week },
  )

/** Names of all units that the directory ever knew, each by its latest version. */
export const unitNames = (
  client: ClickHouseClient,
): Promise<readonly { readonly unitId: string; readonly name: string }[]> =>
  selectRows(
    client,
    'SELECT unit_id AS unitId, argMax(u.name, valid_from) AS name FROM unit_version AS u FINAL GROUP BY unit_id ORDER BY unit_id',
  )

export interface Restated {
  readonly score: 'discipline' | 'service'
  readonly oldValue: number | null
  readonly newValue: number | null
  readonly cause: string
  readonly at: string
}

/** Each time that a final score of the week moved, the first first. */
export const restatementsBehind = (
  client: ClickHouseClient,
  unitId: string,
  week: PlainDate,
): Promise<readonly Restated[]> =>
  selectRows<Restated>(
    client,
    `SELECT score, old_value AS oldValue, new_value AS newValue, cause, toString(r.at) AS at FROM score_restatement AS r
     WHERE unit_id = {unitId: String} AND r.week = {week: Date} ORDER BY at, score`,
    { unitId, week },
  )
