import { inject } from 'vitest'
import type { TestCity } from '../../../test/harness/city.ts'
import type { CommandContext } from './context.ts'

// Tests only.

export interface CommandRun {
  readonly said: string
  readonly answer: unknown
  readonly error: unknown
}

/** Runs a command on a test city as a terminal and as `--json` would see it; an error of it is the result's. */
export async function runCommand(
  city: TestCity,
  work: (context: CommandContext) => Promise<void>,
  env: Readonly<Record<string, string>>,
): Promise<CommandRun> {
  const said: string[] = []
  let answer: unknown
  const step = { update: () => {}, done: () => {}, fail: () => {} }
  const context: CommandContext = {
    env: {
      KAFKA_BROKERS: inject('kafkaBrokers'),
      KAFKA_TOPIC_PREFIX: city.topicPrefix,
      CLICKHOUSE_URL: city.settings.url,
      ...env,
    },
    json: false,
    progress: { step: () => step, line: () => {} },
    say: (line) => said.push(line),
    answer: (value) => {
      answer = value
    },
    signal: new AbortController().signal,
  }
  const error = await work(context).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { said: said.join('\n'), answer, error }
}
