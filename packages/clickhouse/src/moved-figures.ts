import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectRows } from './select-rows.ts'

// The rows that one entity's events came to, and the figures that count them now.

export interface PersonDayFigures {
  readonly unitId: string
  readonly status: string
  readonly lateMinutes: number
  readonly earlyMinutes: number
  readonly lateClass: string
  readonly earlyClass: string
  readonly madeUp: number
  readonly retroactive: number
}

/** Without its person: whoever asks names one of that person's events, and learns no more of them than the day. */
export async function personDayRow(
  client: ClickHouseClient,
  day: { readonly personKey: string; readonly workDate: string },
): Promise<PersonDayFigures | undefined> {
  const [row] = await selectRows<PersonDayFigures>(
    client,
    `SELECT unit_id AS unitId, status, late_minutes AS lateMinutes, early_minutes AS earlyMinutes, late_class AS lateClass,
       early_class AS earlyClass, made_up AS madeUp, retroactive
     FROM person_day WHERE work_date = {workDate: Date} AND person_key = {personKey: String}`,
    day,
  )
  return row
}

export interface ComplaintFigures {
  readonly state: string
  readonly slaClass: string
  readonly accountableUnitId: string | null
  readonly responseDueMs: number
  readonly dueMs: number
  readonly respondedMs: number | null
  readonly resolvedMs: number | null
  readonly outcome: string
  readonly excludedReason: string
  readonly overdue: number
}

export async function complaintRow(
  client: ClickHouseClient,
  complaintId: string,
): Promise<ComplaintFigures | undefined> {
  const [row] = await selectRows<ComplaintFigures>(
    client,
    `SELECT state, sla_class AS slaClass, accountable_unit_id AS accountableUnitId,
       toUnixTimestamp64Milli(response_due_at) AS responseDueMs, toUnixTimestamp64Milli(due_at) AS dueMs,
       toUnixTimestamp64Milli(responded_at) AS respondedMs, toUnixTimestamp64Milli(resolved_at) AS resolvedMs,
       outcome, excluded_reason AS excludedReason, overdue
     FROM complaint WHERE complaint_id = {complaintId: String}`,
    { complaintId },
  )
  return row
}

/** One thing that a measure counts; the same as the queries unit_week.count_*.sql count it, for one entity. A4: minutes of a day. */
export interface CountedFact {
  readonly unitId: string
  readonly measure: string
  /** Monday of the week in which it happened. */
  readonly week: string
  /** Monday of the first week that counts it: S8 waits for its thirty days. */
  readonly seenFrom: string
  readonly numerator: number
  readonly denominator: number
}

export const factsOfPersonDay = (
  client: ClickHouseClient,
  day: { readonly personKey: string; readonly workDate: string },
): Promise<readonly CountedFact[]> =>
  selectRows<CountedFact>(
    client,
    // The whole unit-day is looked at first: a person of whom nothing is recorded may be part of a suspected outage.
    `SELECT unit_id AS unitId, fact.1 AS measure, toString(toMonday(work_date)) AS week, week AS seenFrom, fact.2 AS numerator, fact.3 AS denominator
     FROM
     (
       SELECT unit_id, work_date, arrayJoin(arrayMap((measure, added) -> (measure, added.1, added.2),
         ${queryFile('person_day.measures')}, ${queryFile('person_day.facts')})) AS fact
       FROM judged_person_day WHERE work_date = {workDate: Date} AND person_key = {personKey: String}
     )
     WHERE fact.3 > 0
     ORDER BY unitId, measure`,
    day,
  )

export const factsOfComplaint = (
  client: ClickHouseClient,
  complaint: { readonly complaintId: string; readonly zone: string; readonly nowMs: number },
): Promise<readonly CountedFact[]> =>
  selectRows<CountedFact>(
    client,
    `SELECT unit_id AS unitId, fact.1 AS measure, toString(toMonday(toDate(fact.2, {zone: String}))) AS week,
       if(fact.5 IS NULL, week, greatest(week, toString(toMonday(toDate(subtractMilliseconds(assumeNotNull(fact.5), 1), {zone: String}))))) AS seenFrom,
       fact.3 AS numerator, fact.4 AS denominator
     FROM
     (
       SELECT unit_id, arrayJoin(arrayConcat(
         if(response_due_at IS NULL, [], [('S1', assumeNotNull(response_due_at), toFloat64(response_on_time), 1., NULL)]),
         if(resolution_due_at IS NULL, [], [('S2', assumeNotNull(resolution_due_at), toFloat64(resolution_sustained), 1., NULL)]),
         arrayMap((at, verified) -> ('S3', at, toFloat64(verified), 1., NULL), audit.closed_at, audit.verified),
         arrayMap((at, answer) -> ('S5', at, answer, 1., NULL), rating.at, rating.satisfaction),
         arrayMap((at, answer) -> ('S6', at, ifNull(answer, 0.), if(answer IS NULL, 0., 1.), NULL), rating.at, rating.courtesy),
         arrayMap((name, at, num, den, counts_from) -> (toString(name), at, toFloat64(num), toFloat64(den), counts_from),
           fact.measure, fact.at, fact.numerator, fact.denominator, fact.counts_from))) AS fact
       FROM unit_complaint_store FINAL WHERE complaint_id = {complaintId: String} AND unit_id != ''
     )
     WHERE numerator + denominator > 0 AND (fact.5 IS NULL OR fact.5 <= fromUnixTimestamp64Milli({nowMs: Int64}, 'UTC'))
     ORDER BY unitId, measure, week`,
    complaint,
  )

export interface CoachingItemFigures {
  readonly coachUnitId: string
  readonly openedMs: number
  readonly dueOn: string | null
  readonly closedMs: number | null
  readonly outcome: string
}

interface CoachingItemName {
  readonly aboutUnitId: string
  readonly kind: string
  readonly itemId: string
}

export async function coachingItemRow(
  client: ClickHouseClient,
  item: CoachingItemName,
): Promise<CoachingItemFigures | undefined> {
  const [row] = await selectRows<CoachingItemFigures>(
    client,
    `SELECT coach_unit_id AS coachUnitId, toUnixTimestamp64Milli(opened_at) AS openedMs, toString(due_on) AS dueOn,
       toUnixTimestamp64Milli(closed_at) AS closedMs, outcome
     FROM coaching_item_store FINAL
     WHERE unit_id = {aboutUnitId: String} AND about_unit_id = {aboutUnitId: String} AND kind = {kind: String}
       AND item_id = {itemId: String}`,
    { ...item },
  )
  return row
}

/** What an item adds to the figures of its unit, and of its coach's. */
export const factsOfCoachingItem = (
  client: ClickHouseClient,
  item: CoachingItemName,
): Promise<readonly CountedFact[]> =>
  selectRows<CountedFact>(
    client,
    `SELECT unit_id AS unitId, fact.measure AS measure, toString(toMonday(fact.on)) AS week, week AS seenFrom,
       toFloat64(fact.numerator) AS numerator, toFloat64(fact.denominator) AS denominator
     FROM coaching_item_store FINAL
     ARRAY JOIN fact
     WHERE about_unit_id = {aboutUnitId: String} AND kind = {kind: String} AND item_id = {itemId: String}
     ORDER BY unitId, measure, week`,
    { ...item },
  )

export interface HeldSpan {
  readonly unitId: string
  readonly fromMs: number
  readonly toMs: number | null
  readonly ownDueMs: number
}

/** When each unit held the complaint and was to be done with it: what S4 looks at. */
export const heldSpans = (client: ClickHouseClient, complaintId: string): Promise<readonly HeldSpan[]> =>
  selectRows<HeldSpan>(
    client,
    `SELECT unit_id AS unitId, toUnixTimestamp64Milli(held.1) AS fromMs,
       toUnixTimestamp64Milli(held.2) AS toMs, toUnixTimestamp64Milli(held.3) AS ownDueMs
     FROM unit_complaint_store FINAL
     ARRAY JOIN arrayZip(backlog.from_at, backlog.to_at, backlog.own_due_at) AS held
     WHERE complaint_id = {complaintId: String} ORDER BY unitId, fromMs`,
    { complaintId },
  )

/** The instant at which time alone changes an entity's row; undefined when none is known. */
export async function nextChangeMs(client: ClickHouseClient, entity: string): Promise<number | undefined> {
  const [row] = await selectRows<{ atMs: number }>(
    client,
    'SELECT toUnixTimestamp64Milli(change_at) AS atMs FROM pending_change FINAL WHERE entity = {entity: String}',
    { entity },
  )
  return row?.atMs
}

export interface MeasureOfWeek {
  readonly week: string
  readonly measure: string
  readonly window: string
  readonly numerator: number
  readonly denominator: number
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
}

export const measuresOfWeeks = (
  client: ClickHouseClient,
  asked: {
    readonly unitId: string
    readonly fromWeek: string
    readonly toWeek: string
    readonly measures: readonly string[]
  },
): Promise<readonly MeasureOfWeek[]> =>
  selectRows<MeasureOfWeek>(
    client,
    `SELECT toString(m.week) AS week, measure, window, numerator, denominator, estimate, lower80, upper80
     FROM unit_week_measure AS m
     WHERE unit_id = {unitId: String} AND scope = 'own' AND m.week BETWEEN {fromWeek: Date} AND {toWeek: Date}
       AND measure IN {measures: Array(String)}
     ORDER BY week, measure, window`,
    asked,
  )

export interface ScoreOfOneWeek {
  readonly week: string
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly band: string
  readonly status: string
}

export const scoresOfWeeks = (
  client: ClickHouseClient,
  asked: {
    readonly unitId: string
    readonly fromWeek: string
    readonly toWeek: string
    readonly score: 'discipline' | 'service'
  },
): Promise<readonly ScoreOfOneWeek[]> =>
  selectRows<ScoreOfOneWeek>(
    client,
    `SELECT toString(s.week) AS week, value, lower80, upper80, band, status FROM unit_week_score AS s
     WHERE unit_id = {unitId: String} AND score = {score: String} AND s.week BETWEEN {fromWeek: Date} AND {toWeek: Date}
     ORDER BY week`,
    asked,
  )

export interface KnownUnit {
  readonly name: string
  readonly unitType: string
}

/** What the directory says of a unit, in its latest version; undefined when it does not know it. */
export async function unitKnown(client: ClickHouseClient, unitId: string): Promise<KnownUnit | undefined> {
  const [unit] = await selectRows<KnownUnit>(
    client,
    `SELECT name, unit_type AS unitType FROM unit_version FINAL WHERE unit_id = {unitId: String} ORDER BY valid_from DESC LIMIT 1`,
    { unitId },
  )
  return unit
}
