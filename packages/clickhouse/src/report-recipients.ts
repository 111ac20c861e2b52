import type { RecipientChoice, RecipientChoices } from '@bina/pipeline/ports/recipient-choices'
import type { AddedRecipient, MadeChoice, ReportRecipients } from '@bina/pipeline/ports/report-recipients'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'

export function createReportRecipients(client: ClickHouseClient): ReportRecipients {
  const write = ({ report, unitId, recipient, locale, role, askedAtMs }: AddedRecipient, isRemoved: 0 | 1) =>
    insertRows(client, 'report_recipient_store', [
      { report, unit_id: unitId, recipient, locale, role, asked_at: askedAtMs, is_removed: isRemoved },
    ])
  return {
    added: () =>
      selectRows<AddedRecipient>(
        client,
        `SELECT report, unit_id AS unitId, recipient, locale, role, toUnixTimestamp64Milli(asked_at) AS askedAtMs
         FROM report_recipient_store FINAL WHERE is_removed = 0 ORDER BY report, unitId, recipient`,
      ),
    choices: () =>
      selectRows<MadeChoice>(
        client,
        `SELECT recipient_digest AS recipient, unit_id AS unitId, report, choice, toUnixTimestamp64Milli(at) AS atMs
         FROM report_choice_store FINAL ORDER BY recipient, unitId, report`,
      ),
    add: (recipient) => write(recipient, 0),
    remove: (recipient) => write(recipient, 1),
  }
}

/** Where the portal writes down what readers chose by their links. */
export function createRecipientChoices(client: ClickHouseClient): RecipientChoices {
  const write = ({ recipient, unitId, report, atMs }: RecipientChoice, choice: MadeChoice['choice']) =>
    insertRows(client, 'report_choice_store', [
      { recipient_digest: recipient, unit_id: unitId, report, choice, at: atMs },
    ])
  return {
    unsubscribe: (choice) => write(choice, 'unsubscribed'),
    confirm: (choice) => write(choice, 'confirmed'),
  }
}
