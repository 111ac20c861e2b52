import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClickHouseServer } from './clickhouse-server.ts'
import { startRevivedClickHouse } from './revived-clickhouse.ts'

let dir: string
let server: ClickHouseServer

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-revived-'))
  server = await startRevivedClickHouse({ dataDir: join(dir, 'clickhouse') }, { leastLifeMs: 0 })
})

afterAll(async () => {
  await server?.kill()
  await rm(dir, { recursive: true, force: true })
})

const ask = async (query: string) => {
  const reply = await fetch(server.url, { method: 'POST', body: query, headers: { connection: 'close' } })
  return (await reply.text()).trim()
}

test('a client that falls away in the middle of a request leaves the server, its address and its rows', async () => {
  await ask('CREATE TABLE t (a String) ENGINE = MergeTree ORDER BY a')
  await ask("INSERT INTO t VALUES ('kept')")
  const before = server.pid
  const client = connect(Number(new URL(server.url).port), '127.0.0.1')
  await new Promise<void>((sent) => client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Le', () => sent()))
  // Answered after it: what came in before has been taken up.
  await ask('SELECT 1')
  client.resetAndDestroy()
  await until(async () => server.pid !== before && (await ask('SELECT a FROM t').catch(() => '')) === 'kept', {
    withinMs: 90_000,
    what: 'the server again',
  })
})

test('it ends when it is told to, and is not started again', async () => {
  await server.stop()
  expect(await server.exited).toMatchObject({ signal: null })
  await expect(ask('SELECT 1')).rejects.toThrow()
})
