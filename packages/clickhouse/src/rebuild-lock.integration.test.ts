import type { RebuildHold } from '@bina/pipeline/ports/rebuild-store'
import { freshNames } from '@bina/testkit/test-city'
import { until } from '@bina/testkit/until'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { type ClickHouseClient, connectClickHouse } from './connect.ts'
import { createRebuildLock } from './rebuild-lock.ts'

let client: ClickHouseClient
let database: string
const held: RebuildHold[] = []

beforeAll(() => {
  const settings = { user: 'default', password: '', application: 'bina-test', withoutDatabase: true }
  client = connectClickHouse({ ...settings, url: inject('clickhouseUrl') })
})

afterAll(() => client?.close())

beforeEach(() => {
  database = freshNames().database
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})

afterEach(async () => {
  for (const hold of held.splice(0)) await hold.release()
  await client.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` })
  vi.useRealTimers()
})

async function take(silentAfterSeconds = 60): Promise<RebuildHold | undefined> {
  const taken = await createRebuildLock(client, { database, silentAfterSeconds })()
  if ('heardSecondsAgo' in taken) return undefined
  held.push(taken)
  return taken
}

async function silence(): Promise<number> {
  const asked = await createRebuildLock(client, { database, silentAfterSeconds: 3_600 })()
  return 'heardSecondsAgo' in asked ? asked.heardSecondsAgo : expect.unreachable()
}

it('of rebuilds that begin at the same moment one goes on, and none after it until it has ended', async () => {
  const several = await Promise.all([take(), take(), take(), take()])
  expect(several.filter((hold) => hold !== undefined)).toHaveLength(1)
  expect(await take()).toBeUndefined()
  for (const hold of held.splice(0)) await hold.release()
  expect(await take()).toBeDefined()
})

it('says how long ago the one at work was heard of', async () => {
  await take()
  const refused = await createRebuildLock(client, { database, silentAfterSeconds: 60 })()
  expect(refused).toEqual({ heardSecondsAgo: expect.any(Number) })
  expect('heardSecondsAgo' in refused && refused.heardSecondsAgo).toBeLessThan(60)
})

it('takes one that has fallen silent for killed, once, and that one finds out at its next heartbeat', async () => {
  const first = await take()
  // Long enough that the lock which the first of the followers makes is not silent to the others.
  const silentSeconds = 4
  await until(async () => (await silence()) >= silentSeconds, { withinMs: 30_000, what: 'silence' })
  const followers = await Promise.all([take(silentSeconds), take(silentSeconds), take(silentSeconds)])
  expect(followers.filter((hold) => hold !== undefined)).toHaveLength(1)
  expect(first?.isLost()).toBe(false)
  vi.advanceTimersByTime(10_000)
  await vi.waitFor(() => expect(first?.isLost()).toBe(true))
  expect(followers.find((hold) => hold !== undefined)?.isLost()).toBe(false)
})

it('hears a heartbeat', async () => {
  await take()
  const beats = async () => {
    const rows = await client.query({
      query: `SELECT count() AS n FROM ${database}.rebuild_lock_1`,
      format: 'JSONEachRow',
    })
    return (await rows.json<{ n: number }>())[0]?.n
  }
  expect(await beats()).toBe(0)
  vi.advanceTimersByTime(10_000)
  await vi.waitFor(async () => expect(await beats()).toBe(1))
})
