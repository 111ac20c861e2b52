import type { JudgedStore, ScoreRow } from '@bina/pipeline/ports/judged-store'
import type { ClickHouseClient } from './connect.ts'
import { type DurationKey, durationRows } from './duration-rows.ts'
import { insertRows } from './insert-rows.ts'
import { writeMeasures } from './measure-rows.ts'
import { selectByNames } from './select-by-names.ts'

export function createJudgedStore(client: ClickHouseClient): JudgedStore {
  return {
    write: async ({ unitIds, fromWeek, toWeek, policyVersion, measures, scores }, readAt) => {
      const units = { units: unitIds }
      const weeks = { from: fromWeek, to: toWeek }
      const stamp = { policy_version: policyVersion, as_of: readAt }
      const [oldScores] = await Promise.all([
        selectByNames<ScoreKey>(
          client,
          `SELECT unit_id, toString(s.week) AS week, score FROM unit_week_score_store AS s FINAL
           WHERE unit_id IN {units: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date}`,
          units,
          weeks,
        ),
        writeMeasures(client, { scope: 'own', unitIds, fromWeek, toWeek, measures }, stamp),
      ])
      const scoresNow = new Set(scores.map((row) => nameOfScore(scoreKey(row))))
      const goneScores = oldScores.filter((key) => !scoresNow.has(nameOfScore(key)))
      // Rows that say nothing new are written too: their later as_of keeps out what an earlier owner may still be writing.
      await insertRows(client, 'unit_week_score_store', [
        ...scores.map((row) => scoreRow(scoreKey(row), row, { ...stamp, is_deleted: 0 })),
        ...goneScores.map((key) => scoreRow(key, noScore, { ...stamp, is_deleted: 1 })),
      ])
    },
    writeDurations: async ({ unitIds, fromWeek, toWeek, policyVersion, durations }, readAt) => {
      const old = await selectByNames<DurationKey>(
        client,
        `SELECT unit_id, toString(d.week) AS week FROM unit_week_duration_store AS d FINAL
         WHERE unit_id IN {units: Array(String)} AND d.week BETWEEN {from: Date} AND {to: Date}`,
        { units: unitIds },
        { from: fromWeek, to: toWeek },
      )
      const stamp = { policy_version: policyVersion, as_of: readAt }
      await insertRows(client, 'unit_week_duration_store', durationRows(durations, old, stamp))
    },
  }
}

interface ScoreKey {
  readonly unit_id: string
  readonly week: string
  readonly score: string
}

interface Stamp {
  readonly policy_version: string
  readonly as_of: string
  readonly is_deleted: 0 | 1
}

const nameOfScore = ({ unit_id, week, score }: ScoreKey) => `${unit_id}|${week}|${score}`

const scoreKey = ({ unitId, week, score }: ScoreRow): ScoreKey => ({ unit_id: unitId, week, score })

type ScoreValues = Pick<ScoreRow, 'value' | 'lower80' | 'upper80' | 'confidence' | 'band' | 'terms' | 'status'>

// What stands in a row that is taken back; nobody reads it.
const noScore: ScoreValues = {
  value: null,
  lower80: 0,
  upper80: 0,
  confidence: '',
  band: '',
  terms: {},
  status: 'provisional',
}

const scoreRow = (key: ScoreKey, values: ScoreValues, stamp: Stamp) => ({
  unit_id: key.unit_id,
  week: key.week,
  score: key.score,
  value: values.value,
  lower80: values.lower80,
  upper80: values.upper80,
  confidence: values.confidence,
  band: values.band,
  terms: values.terms,
  status: values.status,
  ...stamp,
})
