import type { ChangeUnderWay, PolicyLog } from '@bina/pipeline/ports/policy-log'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'

interface ChangeRow {
  readonly fromVersion: string
  readonly toVersion: string
  readonly scope: 'days' | 'receipts' | 'calendar' | 'scores'
  readonly from: string
  readonly lastDate: string
}

export function createPolicyLog(client: ClickHouseClient, config: { readonly zone: string }): PolicyLog {
  const { zone } = config
  const mark = (name: string) =>
    selectRows<{ policyVersion: string; contents: string; through: string }>(
      client,
      `SELECT policy_version AS policyVersion, contents, through_date AS through FROM policy_mark FINAL
       WHERE name = {name: String}`,
      { name },
    )
  return {
    applied: async () => {
      const [row] = await mark('applied')
      return row && { version: row.policyVersion, contents: row.contents }
    },
    setApplied: ({ version, contents }) =>
      insertRows(client, 'policy_mark', [{ name: 'applied', policy_version: version, contents, through_date: '' }]),
    underWay: async () => {
      const [row] = await mark('under_way')
      return row && ({ target: row.contents, through: row.through } satisfies ChangeUnderWay)
    },
    setUnderWay: ({ target, through, version }) =>
      insertRows(client, 'policy_mark', [
        { name: 'under_way', policy_version: version, contents: target, through_date: through },
      ]),
    versionsWanted: async () => {
      const rows = await selectRows<{ wanted: string }>(
        client,
        `SELECT DISTINCT policy_version AS wanted FROM policy_mark FINAL WHERE name IN ('applied', 'under_way') ORDER BY wanted`,
      )
      return rows.map(({ wanted }) => wanted)
    },
    record: (changes) =>
      insertRows(
        client,
        'policy_change',
        changes.map(({ fromVersion, toVersion, scope, from, to }) => ({
          from_version: fromVersion,
          to_version: toVersion,
          scope,
          first_date: from,
          last_date: to ?? '',
        })),
      ),
    changes: async () => {
      const rows = await selectRows<ChangeRow>(
        client,
        `SELECT from_version AS fromVersion, to_version AS toVersion, scope, first_date AS from, last_date AS lastDate
         FROM policy_change FINAL ORDER BY version, scope, first_date`,
      )
      return rows.map(({ lastDate, ...row }) => ({ ...row, to: lastDate === '' ? undefined : lastDate }))
    },
    versionsOfScores: async () => {
      const rows = await selectRows<{ name: string }>(
        client,
        'SELECT DISTINCT policy_version AS name FROM unit_week_score_store FINAL ORDER BY name',
      )
      return rows.map(({ name }) => name)
    },
    workDates: async (from, to) => {
      const rows = await selectRows<{ date: string }>(
        client,
        `SELECT DISTINCT toString(work_date) AS date FROM person_day_store
         WHERE work_date BETWEEN {from: Date} AND {to: Date} ORDER BY date`,
        { from, to },
      )
      return rows.map(({ date }) => date)
    },
    personDays: (from, to) =>
      selectRows(
        client,
        `SELECT DISTINCT person_key AS personKey, toString(work_date) AS workDate FROM person_day_store
         WHERE work_date BETWEEN {from: Date} AND {to: Date}`,
        { from, to },
      ),
    complaints: async (by, from, to) => {
      const beganBy = 'toDate(received_at, {zone: String}) <= {to: Date}'
      // Clocks run to the latest due instant, and on while nobody has closed the case.
      const ranUntil = `toDate(arrayMax(arrayConcat([received_at, due_at, response_due_at], custody.own_due_at,
        custody.own_response_due_at, arrayMap(at -> ifNull(at, received_at),
          arrayConcat([resolved_at, responded_at, reopened_at], custody.to_at)))), {zone: String})`
      const rows = await selectRows<{ id: string }>(
        client,
        `SELECT complaint_id AS id FROM complaint_store FINAL
         WHERE ${beganBy} AND ${
           by === 'receipt'
             ? 'toDate(received_at, {zone: String}) >= {from: Date}'
             : `(state IN ('open', 'waiting') OR ${ranUntil} >= {from: Date})`
         } ORDER BY id`,
        { from, to, zone },
      )
      return rows.map(({ id }) => id)
    },
  }
}
