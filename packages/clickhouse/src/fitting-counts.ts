import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectRows } from './select-rows.ts'

/** A unit's counts of one measure, over the weeks that a prior is fitted from. */
export interface FittingCounts {
  readonly unitType: string
  readonly measure: string
  readonly numerator: number
  readonly denominator: number
}

/**
 * Counts of every unit up to the end of `week` (a Monday): attendance over twelve weeks, as three windows of four that follow one
 * another; service over thirteen, the backlog over the year. A unit's type is the one that it has in that week.
 */
export const fittingCounts = (client: ClickHouseClient, week: PlainDate): Promise<readonly FittingCounts[]> =>
  selectRows<FittingCounts>(
    client,
    `SELECT unit_type AS unitType, measure, sum(m.numerator) AS numerator, sum(m.denominator) AS denominator
     FROM unit_week_measure AS m
     INNER JOIN
     (
         SELECT unit_id, argMax(toString(unit_type), valid_from) AS unit_type, argMax(tuple(valid_to), valid_from).1 AS last_day
         FROM unit_version FINAL WHERE valid_from <= {sunday: Date} GROUP BY unit_id
     ) AS u ON u.unit_id = m.unit_id
     WHERE m.scope = 'own' AND (u.last_day IS NULL OR u.last_day >= {week: Date})
         AND ((m.measure IN ('A1', 'A2', 'A3', 'C1') AND m.window = 'R4' AND m.week IN {attendanceWeeks: Array(Date)})
             OR (m.measure IN ('S1', 'S2', 'S3', 'S5', 'S6') AND m.window = 'R13' AND m.week = {week: Date})
             OR (m.measure = 'S4' AND m.window = 'R52' AND m.week = {week: Date}))
     GROUP BY m.unit_id, unit_type, measure ORDER BY m.unit_id, measure`,
    { week, sunday: addDays(week, 6), attendanceWeeks: [week, addDays(week, -28), addDays(week, -56)] },
  )

/** One unit's person-days of A1, A2 or A3, as sums over its people. */
export interface FittingPersonSums {
  readonly measure: string
  readonly persons: number
  readonly days: number
  readonly successes: number
  readonly squaredDays: number
  readonly squaredSuccessesByDays: number
}

/** Of every unit with scores, over the twelve weeks up to the end of `week` (a Monday). */
export const fittingPersonSums = (client: ClickHouseClient, week: PlainDate): Promise<readonly FittingPersonSums[]> =>
  selectRows<FittingPersonSums>(client, queryFile('fitting.person_sums'), {
    from: addDays(week, -77),
    to: addDays(week, 6),
  })
