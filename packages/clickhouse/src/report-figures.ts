import type {
  MeasureFigures,
  OpenCase,
  ReportedUnit,
  ReportFigures,
  ScoreFigures,
} from '@bina/pipeline/ports/report-figures'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'

export function createReportFigures(client: ClickHouseClient): ReportFigures {
  const openCases = queryFile('report.open_cases')
  const select = async <T>(query: string, query_params: Record<string, unknown> = {}): Promise<T[]> => {
    const result = await client.query({ query, query_params, format: 'JSONEachRow' })
    return result.json<T>()
  }
  return {
    unitsOn: (date) =>
      select<ReportedUnit>(
        `SELECT unit_id AS unitId, name, unit_type AS unitType, head_role AS headRole, locale, report_emails AS reportEmails
         FROM (SELECT * FROM unit_version FINAL WHERE valid_from <= {date: Date} ORDER BY unit_id, valid_from DESC LIMIT 1 BY unit_id)
         WHERE (valid_to IS NULL OR valid_to >= {date: Date}) AND unit_type IN ('kelurahan', 'kecamatan', 'upt')
         ORDER BY unit_id`,
        { date },
      ),
    scoresOf: (week) =>
      select<ScoreFigures>(
        `SELECT unit_id AS unitId, score, value, lower80, upper80, confidence, band, terms, status, policy_version AS policyVersion
         FROM unit_week_score WHERE week = {week: Date}`,
        { week },
      ),
    measuresOf: (week) =>
      select<MeasureFigures>(
        `SELECT unit_id AS unitId, measure, window, numerator, denominator, estimate, lower80, upper80
         FROM unit_week_measure WHERE week = {week: Date} AND scope = 'own'`,
        { week },
      ),
    openCases: () => select<OpenCase>(openCases),
  }
}
