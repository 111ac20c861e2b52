import type { JudgedStore } from '@bina/pipeline/ports/judged-store'
import type { ClickHouseClient } from './connect.ts'
import { type DurationKey, durationRows } from './duration-rows.ts'
import { insertRowBinary } from './insert-row-binary.ts'
import { insertRows } from './insert-rows.ts'
import { writeMeasures } from './measure-rows.ts'
import { type ScoreKey, scoreRows } from './score-rows.ts'
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
          `SELECT unit_id AS unitId, toString(s.week) AS week, score FROM unit_week_score_store AS s FINAL
           WHERE unit_id IN {units: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date}`,
          units,
          weeks,
        ),
        writeMeasures(client, { scope: 'own', unitIds, fromWeek, toWeek, measures }, stamp),
      ])
      // Rows that say nothing new are written too: their later as_of keeps out what an earlier owner may still be writing.
      await insertRowBinary(client, scoreRows(scores, oldScores, { policyVersion, asOf: readAt }))
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
