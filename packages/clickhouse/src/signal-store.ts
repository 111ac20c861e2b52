import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type {
  ConductHistory,
  MeasureHistory,
  SignalKey,
  SignalRow,
  SignalStore,
} from '@bina/pipeline/ports/signal-store'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'

interface HistoryColumns {
  readonly unitId: string
  readonly measure: string
  readonly days: readonly number[]
  readonly numerators: readonly number[]
  readonly denominators: readonly number[]
}

const STANDING = 'SELECT unit_id AS unitId, measure, toString(s.week) AS week FROM unit_week_signal_store AS s FINAL'

export function createSignalStore(client: ClickHouseClient, config: { readonly zone: string }): SignalStore {
  const conductQuery = queryFile('unit.conduct_cases')
  const historyQuery = queryFile('unit_week.charted')
  return {
    history: async (units, { fromWeek, toWeek, ...asked }) => {
      const [series, conduct] = await Promise.all([
        selectByNames<HistoryColumns>(client, historyQuery, { units }, { ...asked, from: fromWeek, to: toWeek }),
        selectByNames<ConductHistory>(client, conductQuery, { units }, { zone: config.zone }),
      ])
      return { measures: measuresOf(series), conduct }
    },
    write: async ({ unitIds, rows, fromWeek, toWeek, whole, policyVersion, readAt }) => {
      const wholeCharts = {
        units: whole.map(({ unitId }) => unitId),
        measures: whole.map(({ measure }) => measure),
      }
      const old = await Promise.all([
        selectByNames<SignalKey>(
          client,
          `${STANDING} WHERE unit_id IN {units: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date}`,
          { units: unitIds },
          { from: fromWeek, to: toWeek },
        ),
        selectByNames<SignalKey>(
          client,
          `${STANDING} WHERE unit_id IN {units: Array(String)} AND (unit_id, measure) IN arrayZip({units: Array(String)}, {measures: Array(String)})`,
          wholeCharts,
        ),
      ])
      const gone = new Map(old.flat().map((key) => [nameOf(key), key]))
      for (const row of rows) gone.delete(nameOf(row))
      const stamp = { policy_version: policyVersion, as_of: readAt }
      await insertRows(client, 'unit_week_signal_store', [
        ...rows.map((row) => ({ ...rowOf(row), ...stamp, is_deleted: 0 })),
        ...[...gone.values()].map((key) => ({ ...rowOf({ ...nothing, ...key }), ...stamp, is_deleted: 1 })),
      ])
    },
  }
}

function measuresOf(series: readonly HistoryColumns[]): readonly MeasureHistory[] {
  // All charts have the same few hundred weeks.
  const names = new Map<number, PlainDate>()
  const weekOf = (day: number) => {
    const known = names.get(day) ?? addDays('1970-01-01', day)
    names.set(day, known)
    return known
  }
  return series.map(({ unitId, measure, days, numerators, denominators }) => ({
    unitId,
    measure,
    weeks: days.map((day, at) => ({
      week: weekOf(day),
      numerator: numerators[at] ?? 0,
      denominator: denominators[at] ?? 0,
    })),
  }))
}

const nameOf = ({ unitId, measure, week }: SignalKey) => `${unitId}|${measure}|${week}`

// What stands in a row that is taken back; nobody reads it.
const nothing: Omit<SignalRow, keyof SignalKey> = {
  chart: 'xmr',
  value: 0,
  centre: 0,
  lowerLimit: 0,
  upperLimit: 0,
  rule: '',
  direction: 'none',
  pValue: undefined,
  phase: 'trial',
}

const rowOf = (row: SignalRow) => ({
  unit_id: row.unitId,
  measure: row.measure,
  week: row.week,
  chart: row.chart,
  value: row.value,
  centre: row.centre,
  lower_limit: row.lowerLimit,
  upper_limit: row.upperLimit,
  rule: row.rule,
  direction: row.direction,
  p_value: row.pValue ?? null,
  phase: row.phase,
})
