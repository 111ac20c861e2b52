import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClickHouseServer, startClickHouse } from './clickhouse-server.ts'
import type { ClickHouseUser } from './clickhouse-users.ts'
import { isAlive } from './stray-process.ts'

const ORPHAN = fileURLToPath(new URL('../fixtures/start-and-wait.ts', import.meta.url))
const PASSWORD = 'a password for this test'

const reader: ClickHouseUser = {
  name: 'ops_reader',
  passwordSha256: createHash('sha256').update(PASSWORD).digest('hex'),
  readonly: 2,
  limits: { max_result_rows: 3, max_execution_time: 5 },
  grants: ['GRANT ops_read'],
  filters: [{ database: 'bina', table: 'events', condition: "type != 'attendance'" }],
}

let dir: string
let server: ClickHouseServer
const start = () =>
  startClickHouse({
    dataDir: join(dir, 'clickhouse'),
    users: [reader],
    roles: [{ name: 'ops_read', grants: ['GRANT SELECT ON bina.events'] }],
  })

async function ask(query: string, user = 'default', password = ''): Promise<string> {
  const headers = { connection: 'close', 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password }
  const reply = await fetch(server.url, { method: 'POST', body: query, headers })
  return (await reply.text()).trim()
}

const askAsReader = (query: string) => ask(query, reader.name, PASSWORD)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-clickhouse-'))
  server = await start()
  await ask('CREATE DATABASE bina')
  await ask('CREATE TABLE bina.event_store (id UInt32, type String) ENGINE = ReplacingMergeTree ORDER BY id')
  await ask("INSERT INTO bina.event_store VALUES (1, 'attendance'), (2, 'complaint'), (3, 'resolution')")
  await ask(
    'CREATE VIEW bina.events DEFINER = default SQL SECURITY DEFINER AS SELECT * FROM bina.event_store ORDER BY id',
  )
})

afterAll(async () => {
  await server?.kill()
  await rm(dir, { recursive: true, force: true })
})

test('rows that were acknowledged before a SIGKILL and before a clean stop are there afterwards', async () => {
  await ask("INSERT INTO bina.event_store VALUES (4, 'coaching')")
  await server.kill()
  expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' })
  server = await start()
  await ask("INSERT INTO bina.event_store VALUES (5, 'directory')")
  await server.stop()
  expect(isAlive(server.pid)).toBe(false)
  server = await start()
  expect(await ask('SELECT groupArray(id) FROM bina.events')).toBe('[1,2,3,4,5]')
})

test('a reader sees what its role grants, without the rows that are kept from it, and nothing else', async () => {
  expect(await askAsReader('SELECT id FROM bina.events WHERE id < 4')).toBe('2\n3')
  expect(await askAsReader('SELECT * FROM bina.event_store')).toContain('ACCESS_DENIED')
  expect(await askAsReader('DROP TABLE bina.event_store')).toContain('ACCESS_DENIED')
  expect(await askAsReader('SELECT * FROM system.users')).toContain('ACCESS_DENIED')
  expect(await ask('SELECT 1', reader.name, 'a wrong password')).toContain('AUTHENTICATION_FAILED')
})

test("a reader's limits hold, and the reader can neither raise nor lift them", async () => {
  expect(await askAsReader('SELECT id FROM bina.events')).toContain('TOO_MANY_ROWS_OR_BYTES')
  expect(await askAsReader('SELECT 1 SETTINGS max_result_rows = 100')).toContain('SETTING_CONSTRAINT_VIOLATION')
  expect(await askAsReader('SELECT 1 SETTINGS max_execution_time = 0')).toContain('SETTING_CONSTRAINT_VIOLATION')
  expect(await askAsReader('SELECT 1 SETTINGS max_execution_time = 2')).toBe('1')
})

test('the server keeps UTC, so that its dates do not depend on the machine', async () => {
  expect(await ask('SELECT timezone()')).toBe('UTC')
})

// Its own time-out is 30 s, and it takes a few more to abort; nothing tells of an end that does not come.
test('a client that sends half a request and falls silent does not end the server', { timeout: 120_000 }, async () => {
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
  silent.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Le')
  const outcome = await Promise.race([once(silent, 'close').then(() => 'cut'), delay(33_000, 'heard')])
  expect(outcome).toBe('heard')
  silent.end('ngth: 8\r\nConnection: close\r\n\r\nSELECT 7')
  const [reply] = await once(silent, 'data')
  expect(String(reply)).toContain('200 OK')
  expect(await ask('SELECT 1')).toBe('1')
})

test('a second server on the same data is refused, and the first goes on', async () => {
  await expect(start()).rejects.toMatchObject({ code: 'data_dir_in_use' })
  expect(await ask('SELECT 1')).toBe('1')
})

test('a taken port is told', async () => {
  const httpPort = Number(new URL(server.url).port)
  await expect(startClickHouse({ dataDir: join(dir, 'elsewhere'), httpPort })).rejects.toMatchObject({
    code: 'port_taken',
  })
})

test('the server ends when the process that started it is killed', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', ORPHAN, 'clickhouse', join(dir, 'orphan')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !isAlive(pid), { withinMs: 30_000, what: 'the end of the server' })
})
