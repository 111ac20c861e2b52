import type { FoldedComplaint, FoldedFindings, FoldedPersonDay, FoldedStore } from '@bina/pipeline/ports/folded-store'
import { coachingRows } from './coaching-rows.ts'
import type { ClickHouseClient } from './connect.ts'
import { complaintRow, personDayRow, unitComplaintRow } from './folded-rows.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'
import { unitRows } from './unit-rows.ts'

export function createFoldedStore(client: ClickHouseClient): FoldedStore {
  const insert = async (table: string, values: readonly Record<string, unknown>[]) => {
    if (values.length > 0) await client.insert({ table, values: [...values], format: 'JSONEachRow' })
  }
  return {
    writePersonDays: async (days, readAt) => {
      await insert(
        'person_day_store',
        days.flatMap((day) => [...personDayRows(day, readAt)]),
      )
    },
    writeComplaints: async (complaints, readAt) => {
      // The units' shares first: whoever sees the complaint may ask for them.
      await insert(
        'unit_complaint_store',
        complaints.flatMap((complaint) => [...shareRows(complaint, readAt)]),
      )
      await insert(
        'complaint_store',
        complaints.map(({ complaintId, row }) =>
          row === undefined
            ? {
                complaint_id: complaintId,
                received_at: 0,
                response_due_at: 0,
                due_at: 0,
                version: readAt,
                is_deleted: 1,
              }
            : complaintRow(row, readAt),
        ),
      )
    },
    writeUnits: async (units, readAt) => {
      await insert(
        'unit_version',
        units.flatMap((unit) => [...unitRows(unit, readAt)]),
      )
    },
    writeCoaching: async (units, readAt) => {
      await insert(
        'coaching_item_store',
        units.flatMap((unit) => [...coachingRows(unit, readAt)]),
      )
    },
    writeFindings: async (entities, readAt) => {
      await insert(
        'data_quality_store',
        entities.flatMap((one) => [...findingRows(one, readAt)]),
      )
    },
    writePending: async (changes, readAt) => {
      await insert(
        'pending_change',
        changes.map(({ entity, changeAtMs }) => ({
          entity,
          change_at: changeAtMs ?? readAt,
          version: readAt,
          is_deleted: changeAtMs === undefined ? 1 : 0,
        })),
      )
    },
    pendingUntil: async (nowMs, limit) => {
      const rows = await selectRows<{ entity: string }>(
        client,
        `SELECT entity FROM pending_change FINAL WHERE change_at <= fromUnixTimestamp64Milli({now: Int64}) ORDER BY change_at, entity LIMIT {limit: UInt32}`,
        { now: nowMs, limit },
      )
      return rows.map(({ entity }) => entity)
    },
    entitiesOfUnits: async (units, readAt) => {
      const rows = await selectByNames<{ entity: string }>(
        client,
        `SELECT concat('day|', person_key, '|', toString(work_date)) AS entity FROM person_day_store WHERE unit_id IN {units: Array(String)} GROUP BY person_key, work_date HAVING max(version) < {readAt: DateTime64(6, 'UTC')}
         UNION ALL
         SELECT concat('complaint|', complaint_id) AS entity FROM unit_complaint_store WHERE unit_id IN {units: Array(String)} GROUP BY complaint_id HAVING max(version) < {readAt: DateTime64(6, 'UTC')}
         UNION ALL
         SELECT concat('coaching|', about_unit_id) AS entity FROM coaching_item_store WHERE unit_id IN {units: Array(String)} GROUP BY about_unit_id HAVING max(version) < {readAt: DateTime64(6, 'UTC')}`,
        { units },
        { readAt },
      )
      return [...new Set(rows.map(({ entity }) => entity))] // one of two units may be asked about by two questions
    },
    unitsWrittenAfter: async (units, readAt) => {
      const rows = await selectByNames<{ unitId: string }>(
        client,
        `SELECT DISTINCT unit_id AS unitId FROM unit_version
         WHERE unit_id IN {units: Array(String)} AND version > {readAt: DateTime64(6, 'UTC')}`,
        { units },
        { readAt },
      )
      return rows.map(({ unitId }) => unitId)
    },
    clockMark: async (name) => {
      const rows = await selectRows<{ date: string }>(
        client,
        'SELECT toString(through_date) AS date FROM clock_mark FINAL WHERE name = {name: String}',
        { name },
      )
      return rows[0]?.date
    },
    setClockMark: (name, throughDate) => insert('clock_mark', [{ name, through_date: throughDate }]),
  }
}

function* personDayRows(day: FoldedPersonDay, readAt: string) {
  const { personKey, workDate, row, unitsEverNamed, findings } = day
  if (row !== undefined) yield personDayRow(row, findings, readAt)
  for (const unitId of unitsEverNamed) {
    if (unitId !== row?.unitId)
      yield { unit_id: unitId, work_date: workDate, person_key: personKey, version: readAt, is_deleted: 1 }
  }
}

function* shareRows({ complaintId, row, unitsEverNamed }: FoldedComplaint, readAt: string) {
  const shares = new Map(row?.shares.map((share) => [share.unitId, share]))
  for (const unitId of new Set([...unitsEverNamed, ...shares.keys()])) {
    const share = shares.get(unitId)
    if (row === undefined || share === undefined)
      yield { unit_id: unitId, complaint_id: complaintId, version: readAt, is_deleted: 1 }
    else yield unitComplaintRow(row, share, readAt)
  }
}

function* findingRows({ entity, findings, unitsEverNamed }: FoldedFindings, readAt: string) {
  for (const unitId of new Set([...unitsEverNamed, ...findings.map((finding) => finding.unitId)])) {
    const own = findings.filter((finding) => finding.unitId === unitId)
    const found = { 'finding.kind': own.map(({ kind }) => kind), 'finding.on': own.map(({ on }) => on) }
    yield { unit_id: unitId, entity, ...found, version: readAt, is_deleted: own.length === 0 ? 1 : 0 }
  }
}
