import type { CommandContext } from './context.ts'

/** Runs what a command does, with all that it gets. */
export type Run = (work: (context: CommandContext) => Promise<void>) => Promise<void>
