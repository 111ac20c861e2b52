import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataDirHolder, lockDataDir } from './data-dir-lock.ts'
import { processStart, startField } from './process-start.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-lock-'))
})

afterEach(() => rm(dir, { recursive: true, force: true }))

const writeLock = (holder: unknown) => writeFile(join(dir, 'stack.lock'), JSON.stringify(holder))

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

test('a directory that is locked is refused, and free again after the release', async () => {
  const lock = await lockDataDir(dir)
  expect(await dataDirHolder(dir)).toBe(process.pid)
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'data_dir_in_use' })
  await lock.release()
  expect(await dataDirHolder(dir)).toBeUndefined()
  await (await lockDataDir(dir)).release()
  expect(await readdir(dir)).toEqual([])
})

test('the lock of a dead process is taken over', async () => {
  await writeLock({ pid: await deadPid(), startedAt: '1' })
  expect(await dataDirHolder(dir)).toBeUndefined()
  await lockDataDir(dir)
  expect(await dataDirHolder(dir)).toBe(process.pid)
})

test('the lock of a dead process whose pid another process has by now is taken over', async () => {
  await writeLock({ pid: process.pid, startedAt: 'long ago' })
  await lockDataDir(dir)
  expect(await dataDirHolder(dir)).toBe(process.pid)
})

test('a lock that was cut short is taken over', async () => {
  await writeFile(join(dir, 'stack.lock'), '{"pid":')
  await expect(lockDataDir(dir)).resolves.toBeDefined()
})

test('of many that take over one stale lock at once a single one gets it', async () => {
  await writeLock({ pid: await deadPid(), startedAt: '1' })
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDir(dir)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await readdir(dir)).toEqual(['stack.lock'])
})

test('a process that died while it took over a dead one leaves the directory to the next', async () => {
  const dead = { pid: await deadPid(), startedAt: '1' }
  await writeLock(dead)
  await writeFile(join(dir, 'stack.lock.next'), JSON.stringify({ ...dead, startedAt: '2' }))
  await lockDataDir(dir)
  expect(await dataDirHolder(dir)).toBe(process.pid)
  expect(await readdir(dir)).toEqual(['stack.lock'])
})

test('a release that comes after another took the lock over leaves it alone', async () => {
  const lock = await lockDataDir(dir)
  await writeLock({ pid: process.ppid, startedAt: await processStart(process.ppid) })
  await lock.release()
  expect(await dataDirHolder(dir)).toBe(process.ppid)
})

test("a process's start is read behind its name, which may hold brackets and spaces", () => {
  const after = Array.from({ length: 30 }, (_, at) => String(at + 3)).join(' ')
  expect(startField(`7 (a) b) ${after}`)).toBe('22')
})
