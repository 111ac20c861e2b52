import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import type { TimedCase, UnitFacts, UnitSpan, WindowCount } from '@bina/pipeline/ports/unit-facts'
import { backlogLooks } from './backlog-looks.ts'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

interface AttendanceRow {
  readonly unitId: string
  readonly week: string
  readonly window: string
  readonly counts: readonly (readonly [measure: string, numerator: number, denominator: number])[]
  readonly squaredDays: number
}

interface ServiceRow {
  readonly unitId: string
  readonly week: string
  readonly counts: readonly (readonly [measure: string, window: string, numerator: number, denominator: number])[]
}

// A date of the store is 1970-01-01 or later: a Thursday, for which no score stands.
const firstMonday = '1970-01-05'
const noWeek = '1970-01-01'

interface DirectoryRow {
  readonly unitId: string
  readonly versions: readonly (readonly [validFrom: string, validTo: string | null, unitType: string])[]
  /** Scores of the week before that stand. */
  readonly scored: number
}

interface BeginningRow {
  readonly unitId: string
  readonly firstFact: string | null
  readonly scoredFrom: string | null
}

/** Their denominator is the person-days that are shared out among people. */
const SHARED_OUT: ReadonlySet<string> = new Set(['A1', 'A2', 'A3'])

export function createUnitFacts(client: ClickHouseClient, config: { readonly zone: string }): UnitFacts {
  const { zone } = config
  const queries = {
    attendance: queryFile('unit_week.count_attendance'),
    service: queryFile('unit_week.count_service'),
    coaching: queryFile('unit_week.count_coaching'),
    backlog: queryFile('unit_week.backlog'),
    durations: queryFile('unit_week.durations'),
    directory: queryFile('unit.directory'),
    beginnings: queryFile('unit.beginnings'),
  }
  const serverTime = async () =>
    (await selectRows<{ now: string }>(client, 'SELECT toString(now64(6)) AS now'))[0]?.now ?? ''
  const attendanceOf: UnitFacts['attendance'] = async (units, from, to) => {
    const rows = await selectByNames<AttendanceRow>(client, queries.attendance, { units }, { from, to })
    return rows.flatMap(({ unitId, week, window, counts, squaredDays }) =>
      counts.map(([measure, numerator, denominator]) =>
        SHARED_OUT.has(measure)
          ? { unitId, week, measure, window, numerator, denominator, squaredDays }
          : { unitId, week, measure, window, numerator, denominator },
      ),
    )
  }
  const serviceOf = async (units: readonly string[], from: string, to: string, now: number) => {
    const rows = await selectByNames<ServiceRow>(client, queries.service, { units }, { from, to, zone, now })
    return rows.flatMap(({ unitId, week, counts }) =>
      counts.map(([measure, window, numerator, denominator]) => {
        return { unitId, week, measure, window, numerator, denominator }
      }),
    )
  }
  return {
    serverTime,
    attendance: attendanceOf,
    cases: (units, from, to) => selectByNames<TimedCase>(client, queries.durations, { units }, { from, to, zone }),
    count: async (units, from, to, nowMs) => {
      // Asked first: whatever is written after it touches its unit once more, and gets a later version.
      const readAt = await serverTime()
      const looks = backlogLooks(zone, from, to, nowMs)
      const counted = await Promise.all([
        attendanceOf(units, from, to),
        serviceOf(units, from, to, nowMs),
        selectByNames<WindowCount>(client, queries.coaching, { units }, { from, to, asCoach: true }),
        selectByNames<WindowCount>(client, queries.backlog, { units }, { ...looks, clock: 'own' }),
      ])
      return { readAt, counts: counted.flat() }
    },
    spans: async (units, fromWeek, nowMs) => {
      const weekBefore = fromWeek > firstMonday ? addDays(fromWeek, -7) : noWeek
      const known = await selectByNames<DirectoryRow>(client, queries.directory, { units }, { weekBefore })
      const isScored = new Set(known.flatMap(({ unitId, scored }) => (scored > 0 ? [unitId] : [])))
      const versionsOf = new Map(known.map(({ unitId, versions }) => [unitId, versions]))
      const asked = { units: units.filter((unitId) => !isScored.has(unitId)) }
      const rows = await selectByNames<BeginningRow>(client, queries.beginnings, asked, { zone, now: nowMs })
      const beginnings = new Map(rows.map((row) => [row.unitId, row]))
      return units.map((unitId): UnitSpan => {
        const { firstFact = null, scoredFrom = null } = beginnings.get(unitId) ?? {}
        const [firstWeek, scoredSince] = isScored.has(unitId)
          ? [weekBefore, weekBefore]
          : [firstFact === null ? undefined : mondayOf(firstFact), scoredFrom ?? undefined]
        const versions = versionsOf.get(unitId) ?? []
        return {
          unitId,
          firstWeek,
          scoredFrom: scoredSince,
          versions: versions.map(([validFrom, validTo, unitType]) => ({
            unitType,
            validFrom,
            validTo: validTo ?? undefined,
          })),
        }
      })
    },
    allUnits: async () => {
      const rows = await selectRows<{ unitId: string }>(
        client,
        `SELECT DISTINCT unit_id AS unitId FROM (SELECT unit_id FROM unit_version UNION ALL SELECT unit_id FROM person_day_store UNION ALL SELECT unit_id FROM unit_complaint_store UNION ALL SELECT unit_id FROM coaching_item_store) ORDER BY unitId`,
      )
      return rows.map(({ unitId }) => unitId)
    },
  }
}
