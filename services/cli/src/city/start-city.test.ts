import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProgress } from '@bina/local-stack/progress'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCity } from './start-city.ts'

const parent = mkdtempSync(join(tmpdir(), 'bina-start-'))
const somebody = createServer()
beforeAll(() => new Promise<void>((resolve) => somebody.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  await new Promise((resolve) => somebody.close(resolve))
  rmSync(parent, { recursive: true })
})

it('says that a port it was given is taken before anything is started', async () => {
  const address = somebody.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const dataDir = join(parent, 'data')
  // Servers of somebody else, at which nothing listens: whoever looks for them first says so instead.
  const servers = {
    KAFKA_BROKERS: '127.0.0.1:9',
    CLICKHOUSE_URL: 'http://127.0.0.1:9/bina',
    SMTP_URL: 'smtp://127.0.0.1:9',
  }
  for (const name of ['INGEST_PORT', 'PORTAL_PORT']) {
    const started = startCity({ ...servers, BINA_DATA_DIR: dataDir, [name]: port }, createProgress(process.stderr))
    await expect(started).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(
        new RegExp(`^Port ${port}, wanted for .*\\(${name}\\), is taken: see what listens`),
      ),
    })
  }
  expect(existsSync(dataDir)).toBe(false)
})
