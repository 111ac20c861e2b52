import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@bina/testkit/until'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GuardedProcess, spawnGuarded } from './guarded-process.ts'
import { isAlive, readPid } from './stray-process.ts'

const GUARD = fileURLToPath(new URL('../launch/guard.mjs', import.meta.url))

let dir: string
let child: GuardedProcess | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-guarded-'))
})

afterEach(async () => {
  await child?.kill()
  await rm(dir, { recursive: true, force: true })
})

/** A guard over a Node that stands for the JVM, and the pid of that Node once it has said `up`. */
async function guarded(
  script: string,
  graceMs = 10_000,
): Promise<{ readonly guard: GuardedProcess; readonly pid: number }> {
  const args = [GUARD, join(dir, 'server.pid'), String(graceMs), process.execPath, '-e', script]
  const guard = await spawnGuarded({ command: process.execPath, args, cwd: dir, logFile: join(dir, 'server.log') })
  child = guard
  await until(async () => guard.hasExited() || (await guard.tail(1)).includes('up'), {
    withinMs: 20_000,
    what: 'the server',
  })
  return { guard, pid: (await readPid(join(dir, 'server.pid'))) ?? 0 }
}

const RUNS = "console.log('up'); setInterval(() => {}, 1000)"
const HEEDS_NOTHING = `process.on('SIGTERM', () => {}); ${RUNS}`

test('a stop lets the server end by itself', async () => {
  const { guard, pid } = await guarded(
    `process.on('SIGTERM', () => { console.log('tidied up'); process.exit(7) }); ${RUNS}`,
  )
  await guard.stop(20_000)
  expect(await guard.exited).toEqual({ code: 7, signal: null })
  expect(await guard.tail(1)).toEqual(['tidied up'])
  expect(isAlive(pid)).toBe(false)
})

test('a server that heeds nothing is ended by force, by its guard or by us', async () => {
  const first = await guarded(HEEDS_NOTHING, 200)
  await first.guard.stop(20_000)
  expect(isAlive(first.pid)).toBe(false)
  const second = await guarded(HEEDS_NOTHING)
  await second.guard.stop(200)
  await until(() => !isAlive(second.pid), { withinMs: 5_000, what: 'the end of the server' })
})

test('a kill takes the server with its guard', async () => {
  const { guard, pid } = await guarded(RUNS)
  await guard.kill()
  expect(await guard.exited).toEqual({ code: null, signal: 'SIGKILL' })
  await until(() => !isAlive(pid), { withinMs: 5_000, what: 'the end of the server' })
})

test("a crash of the server is its guard's end, with the same signal", async () => {
  const { guard, pid } = await guarded(RUNS)
  process.kill(pid, 'SIGKILL')
  expect(await guard.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test("the last words of a run are its own, not an earlier run's, and an overlong log is put aside", async () => {
  await writeFile(join(dir, 'server.log'), 'of an earlier run\n')
  const { guard } = await guarded("console.log('up'); process.exit(1)")
  await guard.exited
  expect(await guard.tail(10)).toEqual(['up'])
  expect(await readFile(join(dir, 'server.log'), 'utf8')).toBe('of an earlier run\nup\n')
  await writeFile(join(dir, 'server.log'), Buffer.alloc(11 * 1024 * 1024))
  await (await guarded("console.log('up')")).guard.exited
  expect(await readFile(join(dir, 'server.log'), 'utf8')).toBe('up\n')
})
