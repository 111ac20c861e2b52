import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endStray, isAlive } from './stray-process.ts'

let dir: string
let server: ChildProcess | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-stray-'))
})

afterEach(async () => {
  server?.kill('SIGKILL')
  await rm(dir, { recursive: true, force: true })
})

/** A process with the given words in its command line, whose pid is in the directory's pid file. */
async function leaveBehind(...words: readonly string[]): Promise<number> {
  server = spawn(process.execPath, ['-e', "console.log('up'); setInterval(() => {}, 1000)", ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (server.stdout !== null) await once(server.stdout, 'data')
  const pid = server.pid ?? 0
  await writeFile(join(dir, 'kafka.pid'), String(pid))
  return pid
}

test('a server that an earlier run left behind on our data is ended', async () => {
  const pid = await leaveBehind(join(dir, 'server.properties'))
  await endStray(join(dir, 'kafka.pid'), dir)
  expect(isAlive(pid)).toBe(false)
  await expect(access(join(dir, 'kafka.pid'))).rejects.toThrow()
})

test('a process that has the pid by now, or runs on a directory of a like name, is left alone', async () => {
  const stranger = await leaveBehind('something else')
  await endStray(join(dir, 'kafka.pid'), dir)
  expect(isAlive(stranger)).toBe(true)
  server?.kill('SIGKILL')
  const neighbour = await leaveBehind(`${dir}-other/server.properties`)
  await endStray(join(dir, 'kafka.pid'), dir)
  expect(isAlive(neighbour)).toBe(true)
})

test('a pid file that is missing or holds no pid is no process', async () => {
  await endStray(join(dir, 'kafka.pid'), dir)
  await writeFile(join(dir, 'kafka.pid'), '-1')
  await expect(endStray(join(dir, 'kafka.pid'), dir)).resolves.toBeUndefined()
})
