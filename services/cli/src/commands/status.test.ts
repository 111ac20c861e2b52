import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { stackFileOf } from '../city/stack-file.ts'
import type { CommandContext } from '../context.ts'
import { status } from './status.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'bina-status-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

async function statusHere() {
  const said: string[] = []
  let answer: unknown
  const step = { update: () => {}, done: () => {}, fail: () => {} }
  const context: CommandContext = {
    env: { BINA_DATA_DIR: dataDir },
    json: false,
    progress: { step: () => step, line: () => {} },
    say: (line) => said.push(line),
    answer: (value) => {
      answer = value
    },
    signal: new AbortController().signal,
  }
  await status(context)
  return { said: said.join('\n'), answer }
}

it('says why a stack is down that nobody told to end, until another one has started', async () => {
  const file = stackFileOf(dataDir)
  expect((await statusHere()).answer).toEqual({ running: false })
  const end = {
    endedAt: '2026-11-29T17:43:00.000Z',
    reason: 'score-worker ended by itself (SIGKILL); its log is /var/lib/bina/logs/score-worker.log',
  }
  file.writeEnd(end)
  const { said, answer } = await statusHere()
  expect(said).toContain(end.reason)
  expect(said).toContain('npx bina up')
  expect(answer).toEqual({ running: false, ended: end })
  file.write({
    pid: process.pid,
    startedAt: '2026-11-29T17:50:00.000Z',
    environment: {},
    outbox: undefined,
    ingestUrl: undefined,
    services: [],
  })
  file.remove()
  expect((await statusHere()).answer).toEqual({ running: false })
})
