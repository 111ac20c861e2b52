import type { CommandContext } from '../context.ts'
import { prepareServers } from '../prepare-servers.ts'
import { environmentWithStack } from '../variables.ts'

/** Tables, views and topics, on the servers of the environment or of the running stack. Safe to run again. */
export async function migrateCommand(context: CommandContext): Promise<void> {
  const { applied, incomplete } = await prepareServers(environmentWithStack(context.env), context.progress)
  context.say('Tables and topics are there.')
  context.answer({ migrated: true, applied, rebuildNeeded: incomplete.length > 0 })
}
