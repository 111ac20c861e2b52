import type { Progress } from '@bina/local-stack/progress'

/** What every command gets: the environment, where to write, and how to stop. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv
  readonly json: boolean
  readonly progress: Progress
  /** A line for a person; nothing with `--json`. */
  readonly say: (line: string) => void
  /** The one JSON object of `--json`, printed when the command ends, with its error if it fails; at once where the command goes on
   *  after it. Nothing without `--json`. */
  readonly answer: (value: object, goesOn?: boolean) => void
  readonly signal: AbortSignal
}
