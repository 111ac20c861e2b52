import type { Progress } from '@bina/local-stack/progress'

/** What every command gets: the environment, where to write, and how to stop. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv
  readonly json: boolean
  readonly progress: Progress
  /** A line for a person; nothing with `--json`. */
  readonly say: (line: string) => void
  /** The one JSON value of `--json`; nothing without it. */
  readonly answer: (value: unknown) => void
  readonly signal: AbortSignal
}
