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
import { selectRows } from './select-rows.ts'

export function createSignalStore(client: ClickHouseClient, config: { readonly zone: string }): SignalStore {
  const conductQuery = queryFile('unit.conduct_cases')
  const historyQuery = queryFile('unit_week.charted')
  return {
    history: async (units, charted) => {
      const [series, conduct] = await Promise.all([
        selectRows<{ unitId: string; measure: string; weeks: [string, number, number][] }>(client, historyQuery, {
          units,
          measures: charted,
        }),
        selectRows<ConductHistory>(client, conductQuery, { units, zone: config.zone }),
      ])
      const measures = series.map(
        ({ unitId, measure, weeks }): MeasureHistory => ({
          unitId,
          measure,
          weeks: weeks.map(([week, numerator, denominator]) => ({ week, numerator, denominator })),
        }),
      )
      return { measures, conduct }
    },
    write: async (units, rows, standing, { policyVersion, readAt }) => {
      const old = await selectRows<{ unitId: string; measure: string; weeks: string[] }>(
        client,
        `SELECT unit_id AS unitId, measure, groupArray(toString(week)) AS weeks FROM unit_week_signal_store FINAL
         WHERE unit_id IN {units: Array(String)} GROUP BY unit_id, measure`,
        { units },
      )
      const named = new Set(standing.map(nameOf))
      const gone = old
        .flatMap(({ unitId, measure, weeks }) => weeks.map((week): SignalKey => ({ unitId, measure, week })))
        .filter((key) => !named.has(nameOf(key)))
      const stamp = { policy_version: policyVersion, as_of: readAt }
      await insertRows(client, 'unit_week_signal_store', [
        ...rows.map((row) => ({ ...rowOf(row), ...stamp, is_deleted: 0 })),
        ...gone.map((key) => ({ ...rowOf({ ...nothing, ...key }), ...stamp, is_deleted: 1 })),
      ])
    },
  }
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
