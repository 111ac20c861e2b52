import type { Arrival, FinalScores, ScoreName, StandingScore } from '@bina/pipeline/ports/final-scores'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

export function createFinalScores(client: ClickHouseClient): FinalScores {
  const anyArrivalsQuery = queryFile('unit.any_arrivals')
  const arrivalsQuery = queryFile('unit.arrivals')
  return {
    standing: async (units, from, to) => {
      const rows = await selectByNames<Omit<StandingScore, 'settling'> & { settling: 0 | 1 }>(
        client,
        `SELECT unit_id AS unitId, toString(f.week) AS week, score, issue, value, policy_version AS policyVersion, settling,
           toString(at) AS at
         FROM final_score_store AS f FINAL
         WHERE unit_id IN {units: Array(String)} AND f.week BETWEEN {from: Date} AND {to: Date}
         ORDER BY unit_id, f.week, score, issue DESC
         LIMIT 1 BY unit_id, f.week, score`,
        { units },
        { from, to },
      )
      return rows.map((row) => ({ ...row, settling: row.settling === 1 }))
    },
    provisional: (units, from, to) =>
      selectByNames<ScoreName>(
        client,
        `SELECT unit_id AS unitId, toString(s.week) AS week, score FROM unit_week_score_store AS s FINAL
         WHERE unit_id IN {units: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date} AND status = 'provisional'`,
        { units },
        { from, to },
      ),
    arrivals: async (sinces) => {
      const [since] = [...sinces.values()].sort()
      if (since === undefined || (await selectRows(client, anyArrivalsQuery, { since })).length === 0) return []
      return selectByNames<Arrival>(client, arrivalsQuery, { units: [...sinces.keys()], sinces: [...sinces.values()] })
    },
    issue: (rows) =>
      insertRows(
        client,
        'final_score_store',
        rows.map((row) => ({
          unit_id: row.unitId,
          week: row.week,
          score: row.score,
          issue: row.issue,
          old_value: row.oldValue,
          value: row.value,
          cause: row.cause,
          policy_version: row.policyVersion,
          settling: Number(row.settling),
          at: row.at,
        })),
      ),
  }
}
