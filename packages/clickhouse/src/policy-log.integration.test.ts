import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createPolicyLog } from './policy-log.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const zone = 'Asia/Jakarta'
let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
  await client.command({
    query: `INSERT INTO person_day_store (unit_id, work_date, person_key, version) VALUES
      ('A', '2026-07-01', 'ani', '2026-11-24 00:00:00.000000'), ('B', '2026-07-01', 'ani', '2026-11-24 00:00:00.000000'),
      ('A', '2026-07-03', 'budi', '2026-11-24 00:00:00.000000')`,
  })
  // Received on 1 July by the city's clock; the second was closed on 3 July, the third holds a unit until its own due on 9 July.
  await client.command({
    query: `INSERT INTO complaint_store (complaint_id, state, received_at, due_at, response_due_at, resolved_at,
        custody.unit_id, custody.from_at, custody.to_at, custody.own_response_due_at, custody.own_due_at,
        custody.working_minutes, custody.budget_minutes, custody.failed, custody.failure_reason, version) VALUES
      ('open', 'open', '2026-06-30 17:00:00', '2026-07-03 09:00:00', '2026-07-03 09:00:00', NULL, [], [], [], [], [], [], [], [], [], '2026-11-24 00:00:00.000000'),
      ('closed', 'resolved', '2026-06-30 17:00:00', '2026-07-03 09:00:00', '2026-07-03 09:00:00', '2026-07-03 09:00:00', [], [], [], [], [], [], [], [], [], '2026-11-24 00:00:00.000000'),
      ('held', 'resolved', '2026-06-30 17:00:00', '2026-07-03 09:00:00', '2026-07-03 09:00:00', '2026-07-02 09:00:00', ['A'],
        ['2026-07-01 09:00:00'], [NULL], ['2026-07-04 09:00:00'], ['2026-07-09 09:00:00'], [0], [0], [0], [''], '2026-11-24 00:00:00.000000')`,
  })
})

afterAll(() => testDatabase?.drop())

describe('what the tables say of the rules that they follow', () => {
  it('is the last that was written, and nothing before that', async () => {
    const log = createPolicyLog(client, { zone })
    expect([await log.applied(), await log.underWay(), await log.changes()]).toEqual([undefined, undefined, []])
    expect(await log.versionsWanted()).toEqual([])
    await log.setApplied({ version: 'v1', contents: '{}' })
    await log.setApplied({ version: 'v2', contents: '{"a":1}' })
    await log.setUnderWay({ version: 'v3', target: 'abc', through: '2026-07-01' })
    expect(await log.applied()).toEqual({ version: 'v2', contents: '{"a":1}' })
    expect(await log.underWay()).toEqual({ target: 'abc', through: '2026-07-01' })
    expect(await log.versionsWanted()).toEqual(['v2', 'v3'])
    const change = { fromVersion: 'v1', toVersion: 'v2', scope: 'days', from: '0001-01-01', to: undefined } as const
    await log.record([change])
    await log.record([change])
    expect(await log.changes()).toEqual([change])
    expect(await log.versionsOfScores()).toEqual([])
  })

  it('finds person-days by work date', async () => {
    const log = createPolicyLog(client, { zone })
    expect(await log.workDates('1970-01-01', '2149-06-05')).toEqual(['2026-07-01', '2026-07-03'])
    expect(await log.personDays('2026-07-01', '2026-07-02')).toEqual([{ personKey: 'ani', workDate: '2026-07-01' }])
  })

  it('finds complaints by the receipt date of the city, and by the dates on which a clock of theirs may have run', async () => {
    const log = createPolicyLog(client, { zone })
    expect(await log.complaints('receipt', '2026-07-01', '2026-07-01')).toEqual(['closed', 'held', 'open'])
    expect(await log.complaints('receipt', '1970-01-01', '2026-06-30')).toEqual([])
    expect(await log.complaints('clock', '2026-07-03', '2149-06-05')).toEqual(['closed', 'held', 'open'])
    expect(await log.complaints('clock', '2026-07-04', '2026-07-04')).toEqual(['held', 'open'])
    expect(await log.complaints('clock', '2026-07-10', '2149-06-05')).toEqual(['open'])
    expect(await log.complaints('clock', '1970-01-01', '2026-06-30')).toEqual([])
  })
})
