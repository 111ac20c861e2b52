import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stackFileOf } from '../city/stack-file.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { dataDirOf } from '../variables.ts'

// What the set-up of the packages said, before `npm run demo` or `npm test`.
const setUpLog = 'npm-ci.log'

// Only what Bina itself makes there is ever removed, whatever BINA_DATA_DIR points at.
const own = ['kafka', 'clickhouse', 'outbox', 'logs', 'run'] as const

/** Forgets the local servers' data, mails and logs; the fetched jars and the log of the set-up stay unless `all`. Servers of somebody else are never touched. */
export async function reset(context: CommandContext, options: { readonly all: boolean }): Promise<void> {
  const dataDir = dataDirOf(context.env)
  const running = stackFileOf(dataDir).read()
  if (running !== undefined)
    throw new CommandError(`Bina runs here (process ${running.pid}).`, 1, {
      code: 'already_running',
      hint: 'Stop it first with: npx bina down',
    })
  const names = [...own, ...(options.all ? ['cache', setUpLog] : [])].filter((name) => existsSync(join(dataDir, name)))
  for (const name of names) await rm(join(dataDir, name), { recursive: true, force: true })
  if (existsSync(dataDir) && (await readdir(dataDir)).length === 0) await rm(dataDir, { recursive: true })
  context.say(names.length === 0 ? 'There was nothing to forget.' : `Forgotten: ${names.join(', ')} in ${dataDir}`)
  context.answer({ removed: names })
}
