import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { questionsOf } from '@bina/cli/bench/questions'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { migrate } from '@bina/clickhouse/migrate'
import { createRecipientChoices } from '@bina/clickhouse/report-recipients'
import { createUnitNames } from '@bina/clickhouse/unit-names'
import { type ClickHouseServer, startClickHouse } from '@bina/local-stack/clickhouse-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The users file of docker-compose.yml, tried on a server of its own that lays it over its users as a production server does.

const infra = fileURLToPath(new URL('../../infra/clickhouse/', import.meta.url))
const users = ['bina_write', 'bina_portal', 'ops', 'hr', 'inspectorate', 'raw'] as const
const passwordVariables = {
  bina_write: 'WRITE',
  bina_portal: 'PORTAL',
  ops: 'OPS',
  hr: 'HR',
  inspectorate: 'INSPECTORATE',
  raw: 'RAW',
} as const

let dir: string
let server: ClickHouseServer

const ask = async (
  user: (typeof users)[number],
  query: string,
  values: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const headers = { connection: 'close', 'X-ClickHouse-User': user, 'X-ClickHouse-Key': `password of ${user}` }
  const bound = Object.entries(values).map(([name, value]) => [`param_${name}`, value])
  const reply = await fetch(`${server.url}/?${new URLSearchParams([['database', 'bina'], ...bound])}`, {
    method: 'POST',
    body: query,
    headers,
  })
  const text = (await reply.text()).trim()
  return /\(([A-Z_]+)\) \(version/.exec(text)?.[1] ?? text
}

const message = (offset: number, type: string) =>
  `('bina.x.v1', 0, ${offset}, now(), now(), '${type === '' ? 'dead_letter' : 'event'}', 'urn:test', '${offset}', '${type}', '{}', 'not_json', 'a2V5', 'Ynl0ZXM=')`

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-roles-'))
  for (const folder of ['users.d', 'config.d'])
    await cp(join(infra, folder), join(dir, 'clickhouse', folder), { recursive: true })
  for (const user of users) process.env[`CLICKHOUSE_${passwordVariables[user]}_PASSWORD`] = `password of ${user}`
  server = await startClickHouse({ dataDir: join(dir, 'clickhouse') })
  const settings = {
    url: `${server.url}/bina`,
    user: 'bina_write',
    password: 'password of bina_write',
    application: 'test',
  }
  await migrate(settings, { zone: 'Asia/Jakarta' })
  const types = [
    'bina.attendance.recorded.v1',
    'bina.complaint.received.v1',
    'bina.directory.staff.v1',
    'bina.directory.unit.v1',
    '',
  ]
  const columns =
    'topic, partition, offset, record_at, ingested_at, outcome, source, id, type, data, reason, key_base64, bytes_base64'
  await ask('bina_write', `INSERT INTO ingest (${columns}) VALUES ${types.map((type, at) => message(at, type)).join()}`)
})

afterAll(async () => {
  await server?.kill()
  await rm(dir, { recursive: true, force: true })
  for (const name of Object.values(passwordVariables)) delete process.env[`CLICKHOUSE_${name}_PASSWORD`]
})

describe('who may read what', () => {
  it('shows the ops team no attendance event and no roster', async () => {
    expect(await ask('ops', 'SELECT id FROM events ORDER BY id')).toBe('1\n3')
    expect(await ask('hr', 'SELECT id FROM events ORDER BY id')).toBe('0\n1\n2\n3')
    expect(await ask('raw', 'SELECT id FROM events')).toBe('ACCESS_DENIED')
  })

  it('shows the ops team no attendance by day of fewer than five people, and all else of their days', async () => {
    const people = (unitId: string, count: number) =>
      Array.from({ length: count }, (_, at) => `('${unitId}', '2026-07-06', '${unitId}-${at}', 'present', 1, 7)`)
    const personDays = [...people('four', 4), ...people('five', 5)].join()
    await ask(
      'bina_write',
      `INSERT INTO person_day_store (unit_id, work_date, person_key, status, on_time, lost_minutes) VALUES ${personDays}`,
    )
    const received = "('four', 'c', toDateTime64('2026-07-06 02:00:00', 3, 'UTC'))"
    await ask('bina_write', `INSERT INTO unit_complaint_store (unit_id, complaint_id, received_at) VALUES ${received}`)
    const days = `SELECT unit_id, scheduled, present, on_time, lost_minutes, complaints_received, attendance_hidden FROM unit_day ORDER BY unit_id`
    const five = 'five\t5\t5\t5\t35\t0\t0'
    expect(await ask('ops', days)).toBe(`${five}\nfour\t0\t0\t0\t0\t1\t1`)
    for (const user of ['hr', 'bina_write'] as const)
      expect(await ask(user, days)).toBe(`${five}\nfour\t4\t4\t4\t28\t1\t0`)
    expect(await ask('ops', "SELECT DISTINCT part FROM unit_day_part WHERE unit_id = 'four' ORDER BY part")).toBe(
      'service\nsmall',
    )
    expect(await ask('ops', "SELECT sum(present) FROM unit_day_part WHERE unit_id = 'four'")).toBe('0')
    expect(await ask('raw', 'SELECT count() FROM unit_day')).toBe('ACCESS_DENIED')
  })

  it('shows person-days to the personnel office alone', async () => {
    expect(await ask('ops', 'SELECT count() FROM person_day')).toBe('ACCESS_DENIED')
    expect(await ask('hr', 'SELECT count() FROM person_day')).toBe('9')
    expect(await ask('raw', 'SELECT count() FROM person_day')).toBe('ACCESS_DENIED')
  })

  it('shows the original bytes of a dead letter to raw_read alone', async () => {
    const bytes = 'SELECT key, bytes FROM dead_letter'
    expect(await ask('ops', 'SELECT reason FROM dead_letter')).toBe('not_json')
    expect(await ask('ops', bytes)).toBe('ACCESS_DENIED')
    expect(await ask('ops', 'SELECT * FROM dead_letter')).toBe('ACCESS_DENIED')
    expect(await ask('hr', bytes)).toBe('ACCESS_DENIED')
    expect(await ask('raw', bytes)).toBe('key\tbytes')
  })

  it('shows severe complaints to the inspectorate alone, excluded ones too, and nothing else to it', async () => {
    const row = "('C-1', 'illegal_fee', toDateTime64('2026-07-06 02:00:00', 3, 'UTC'), 1, 'invalid', ['A', 'B'])"
    const columns = 'complaint_id, category, received_at, severe, excluded_reason, unit_ids'
    await ask('bina_write', `INSERT INTO complaint_store (${columns}) VALUES ${row}`)
    expect(await ask('inspectorate', 'SELECT * FROM severe_case')).toBe(
      "C-1\tillegal_fee\t2026-07-06 02:00:00.000\t['A','B']",
    )
    for (const user of ['ops', 'hr', 'raw'] as const)
      expect(await ask(user, 'SELECT complaint_id FROM severe_case')).toBe('ACCESS_DENIED')
    for (const view of ['complaint', 'events', 'person_day', 'unit_day', 'unit_week_score', 'dead_letter'])
      expect(await ask('inspectorate', `SELECT count() FROM ${view}`)).toBe('ACCESS_DENIED')
  })

  it.each([
    'unit',
    'complaint',
    'complaint_custody',
    'unit_day',
    'unit_day_part',
    'suspected_outage',
    'data_quality',
    'source_silence',
    'unit_week_measure',
    'unit_week_score',
    'unit_week_duration',
    'unit_week_signal',
    'score_restatement',
    'report_run',
    'report_delivery',
    'ingest_balance',
    'spot_check_draw',
    'coaching_effect',
  ])('shows %s to the ops team and to the personnel office', async (view) => {
    expect(await ask('ops', `SELECT count() >= 0 FROM ${view}`)).toBe('1')
    expect(await ask('hr', `SELECT count() >= 0 FROM ${view}`)).toBe('1')
    expect(await ask('raw', `SELECT count() FROM ${view}`)).toBe('ACCESS_DENIED')
  })

  it.each(questionsOf(readFileSync('docs/queries.md', 'utf8')))(
    'answers the ops team question $number: $title',
    async (question) => {
      const values = {
        week: '2026-07-06',
        unit: 'four',
        kecamatan: 'none',
        run: 'none',
        source: 'urn:test',
        event: '1',
        complaint: 'C-1',
        until: '2026-07-07 00:00:00.000',
      }
      expect(await ask('ops', question.sql, values)).not.toMatch(/Exception|^[A-Z_]{8,}$/)
    },
  )

  it('lets portal name a unit and write down a choice, as it does, and nothing else', async () => {
    const client = connectClickHouse({
      url: `${server.url}/bina`,
      user: 'bina_portal',
      password: 'password of bina_portal',
      application: 'test',
    })
    expect(await createUnitNames(client).unit('u-1')).toBeUndefined()
    const choice = { recipient: 'digest', unitId: 'u-1', report: '', atMs: Date.parse('2026-07-06T02:00:00Z') } as const
    await createRecipientChoices(client).unsubscribe(choice)
    await client.close()
    expect(await ask('bina_write', 'SELECT recipient_digest, choice FROM report_choice_store')).toBe(
      'digest\tunsubscribed',
    )
    for (const table of [
      'events',
      'person_day',
      'complaint',
      'unit_week_score',
      'report_choice_store',
      'report_recipient_store',
    ])
      expect(await ask('bina_portal', `SELECT count() FROM ${table}`), table).toBe('ACCESS_DENIED')
    expect(await ask('bina_portal', "INSERT INTO ingest_offset (topic) VALUES ('x')")).toBe('ACCESS_DENIED')
    expect(await ask('bina_portal', 'DROP TABLE report_choice_store')).toBe('ACCESS_DENIED')
  })

  it.each(['ops', 'hr', 'inspectorate', 'raw'] as const)(
    'lets %s reach no table behind a view, no other user, and change nothing',
    async (user) => {
      for (const table of [
        'event_store',
        'person_day_store',
        'judged_person_day',
        'dead_letter_store',
        'entity_event',
      ]) {
        expect(await ask(user, `SELECT count() FROM ${table}`)).toBe('ACCESS_DENIED')
      }
      expect(await ask(user, 'SELECT count() FROM system.users')).toBe('ACCESS_DENIED')
      expect(await ask(user, "INSERT INTO ingest_offset (topic) VALUES ('x')")).toBe('ACCESS_DENIED')
      expect(await ask(user, 'DROP VIEW dead_letter')).toBe('ACCESS_DENIED')
      expect(await ask(user, "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a Int8')")).toBe('ACCESS_DENIED')
    },
  )

  it.each(['ops', 'hr', 'inspectorate', 'raw'] as const)(
    'bounds what %s may ask for, and lets nobody lift the bounds',
    async (user) => {
      expect(await ask(user, 'SELECT number FROM numbers(200000) FORMAT Null')).toBe('TOO_MANY_ROWS_OR_BYTES')
      expect(await ask(user, 'SELECT 1 SETTINGS max_execution_time = 0')).toBe('SETTING_CONSTRAINT_VIOLATION')
      expect(await ask(user, 'SELECT 1 SETTINGS max_memory_usage = 3000000000')).toBe('SETTING_CONSTRAINT_VIOLATION')
    },
  )

  it('lets the services lay the tables again, and nothing outside their database', async () => {
    expect(await ask('bina_write', 'CREATE DATABASE elsewhere')).toBe('ACCESS_DENIED')
    expect(await ask('bina_write', 'SELECT count() FROM system.users')).toBe('ACCESS_DENIED')
  })
})
