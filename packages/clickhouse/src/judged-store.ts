import type { JudgedStore, MeasureRow, ScoreRow } from '@bina/pipeline/ports/judged-store'
import type { ClickHouseClient } from './connect.ts'

export function createJudgedStore(client: ClickHouseClient): JudgedStore {
  const insert = async (table: string, values: readonly Record<string, unknown>[]) => {
    if (values.length > 0) await client.insert({ table, values: [...values], format: 'JSONEachRow' })
  }
  const select = async <T>(query: string, query_params: Record<string, unknown>): Promise<T[]> => {
    const result = await client.query({ query, query_params, format: 'JSONEachRow' })
    return result.json<T>()
  }
  return {
    write: async ({ unitIds, fromWeek, toWeek, policyVersion, measures, scores }, readAt) => {
      const params = { units: unitIds, from: fromWeek, to: toWeek }
      const oldMeasures = await select<MeasureKey>(
        `SELECT unit_id, toString(m.week) AS week, measure, window FROM unit_week_measure_store AS m FINAL
         WHERE unit_id IN {units: Array(String)} AND scope = 'own' AND m.week BETWEEN {from: Date} AND {to: Date}`,
        params,
      )
      const oldScores = await select<ScoreKey>(
        `SELECT unit_id, toString(s.week) AS week, score FROM unit_week_score_store AS s FINAL
         WHERE unit_id IN {units: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date}`,
        params,
      )
      const stamp = { as_of: readAt, policy_version: policyVersion }
      const newMeasures = measures.map((row) => ({ ...measureKey(row), ...measureValues(row), ...stamp, is_deleted: 0 }))
      const newScores = scores.map((row) => ({ ...scoreKey(row), ...scoreValues(row), ...stamp, is_deleted: 0 }))
      const measuresNow = new Set(newMeasures.map(nameOfMeasure))
      const scoresNow = new Set(newScores.map(nameOfScore))
      const goneMeasures = oldMeasures.filter((key) => !measuresNow.has(nameOfMeasure(key)))
      const goneScores = oldScores.filter((key) => !scoresNow.has(nameOfScore(key)))
      await insert('unit_week_measure_store', [...newMeasures, ...goneMeasures.map((key) => ({ ...key, scope: 'own', ...stamp, is_deleted: 1 }))])
      await insert('unit_week_score_store', [...newScores, ...goneScores.map((key) => ({ ...key, ...stamp, is_deleted: 1 }))])
    },
  }
}

interface MeasureKey {
  readonly unit_id: string
  readonly week: string
  readonly measure: string
  readonly window: string
}

interface ScoreKey {
  readonly unit_id: string
  readonly week: string
  readonly score: string
}

const nameOfMeasure = ({ unit_id, week, measure, window }: MeasureKey) => `${unit_id}|${week}|${measure}|${window}`
const nameOfScore = ({ unit_id, week, score }: ScoreKey) => `${unit_id}|${week}|${score}`

const measureKey = ({ unitId, week, measure, window }: MeasureRow) => ({ unit_id: unitId, scope: 'own', week, measure, window })
const measureValues = ({ numerator, denominator, estimate, lower80, upper80 }: MeasureRow) => ({ numerator, denominator, estimate, lower80, upper80 })
const scoreKey = ({ unitId, week, score }: ScoreRow) => ({ unit_id: unitId, week, score })
const scoreValues = ({ value, lower80, upper80, confidence, band, terms, status }: ScoreRow) => ({ value, lower80, upper80, confidence, band, terms, status })
