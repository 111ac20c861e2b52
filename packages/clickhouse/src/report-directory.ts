import type { AddressedUnit, ReportDirectory } from '@bina/pipeline/ports/report-directory'
import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

export function createReportDirectory(client: ClickHouseClient): ReportDirectory {
  return {
    addressesOn: (date) =>
      selectRows<AddressedUnit>(
        client,
        `SELECT unit_id AS unitId, name, unit_type AS unitType, parent_unit_id AS parentUnitId, report_emails AS reportEmails
         FROM (SELECT * FROM unit_version FINAL WHERE valid_from <= {date: Date} ORDER BY unit_id, valid_from DESC LIMIT 1 BY unit_id)
         WHERE valid_to IS NULL OR valid_to >= {date: Date}
         ORDER BY unit_id`,
        { date },
      ),
  }
}
