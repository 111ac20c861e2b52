import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataDirHolder } from './data-dir-lock.ts'
import { type LocalStack, type LocalStackConfig, startLocalStack } from './local-stack.ts'
import { createProgress } from './progress.ts'
import { isAlive } from './stray-process.ts'

const CACHE_DIR = fileURLToPath(new URL('../../../.bina/cache', import.meta.url))

let dir: string
let stack: LocalStack | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-stack-'))
})

afterEach(async () => {
  await stack?.stop()
  await rm(dir, { recursive: true, force: true })
})

async function start(
  want: LocalStackConfig['want'],
): Promise<{ readonly stack: LocalStack; readonly said: readonly string[] }> {
  const said: string[] = []
  const progress = createProgress({ write: (text: string) => said.push(text) })
  stack = await startLocalStack({ dataDir: dir, cacheDir: CACHE_DIR, want, progress })
  return { stack, said }
}

test('a stack starts all its servers on free ports, says so, and leaves nothing running and its directory free', async () => {
  const { stack, said } = await start({ kafka: { heapMb: 256 }, clickhouse: {}, smtp: {} })
  const { kafka, clickhouse, smtp } = stack
  expect(kafka?.bootstrapServers).toMatch(/^127\.0\.0\.1:\d+$/)
  expect(clickhouse?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(smtp?.url).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/)
  expect(said.join('')).toMatch(/Starting Kafka: ready \(.*s\)\n/)
  expect(await dataDirHolder(dir)).toBe(process.pid)
  await stack.stop()
  expect([kafka?.pid, clickhouse?.pid].map((pid) => pid !== undefined && isAlive(pid))).toEqual([false, false])
  expect(await dataDirHolder(dir)).toBeUndefined()
})

test('two stacks never share a data directory', async () => {
  await start({ clickhouse: {} })
  const second = startLocalStack({
    dataDir: dir,
    cacheDir: CACHE_DIR,
    want: {},
    progress: createProgress({ write: () => true }),
  })
  await expect(second).rejects.toMatchObject({ code: 'data_dir_in_use' })
})

test('when one server does not start, those that did are stopped and the reason is told', async () => {
  const { stack: other } = await start({ clickhouse: {} })
  const taken = Number(new URL(other.clickhouse?.url ?? '').port)
  const dataDir = join(dir, 'second')
  const want = { clickhouse: {}, smtp: { port: taken } }
  const progress = createProgress({ write: () => true })
  await expect(startLocalStack({ dataDir, cacheDir: CACHE_DIR, want, progress })).rejects.toMatchObject({
    code: 'port_taken',
  })
  expect(await dataDirHolder(dataDir)).toBeUndefined()
  expect(await dataDirHolder(join(dataDir, 'clickhouse'))).toBeUndefined()
})

test('a server that ends untold is noticed, with the log to look into', async () => {
  const { stack } = await start({ clickhouse: {} })
  await stack.clickhouse?.kill()
  expect(await stack.broken).toMatchObject({
    server: 'ClickHouse',
    exit: { signal: 'SIGKILL' },
    logFile: stack.clickhouse?.logFile,
  })
})
