import { type ConfigRule, readConfig, variable } from '@bina/runtime/config'
import { kafkaRules, outlastsSession, under } from '@bina/runtime/config-rules'
import {
  cityVariables,
  clickHouseVariables,
  consumerVariables,
  gathering,
  kafkaVariables,
  operationsVariables,
  wholeNumber,
} from '@bina/runtime/variables'
import { z } from 'zod'

export const scoreVariables = z.object({
  ...kafkaVariables,
  ...consumerVariables,
  ...clickHouseVariables,
  ...operationsVariables,
  ...cityVariables,
  SCORE_FLUSH_MS: gathering(250, 'a touched entity or unit waits for others before it is worked out'),
  SCORE_SESSION_TIMEOUT_MS: variable(wholeNumber(6_000, 300_000).default(30_000), {
    summary:
      'How long the broker waits for a heartbeat before it gives the partitions to another worker, in milliseconds.',
    example: '30000',
  }),
  SCORE_CLOCK_MS: variable(wholeNumber(100, 3_600_000).default(15_000), {
    summary: 'How often to look for what time alone has changed, in milliseconds.',
    example: '15000',
  }),
})

export type ScoreConfig = z.infer<typeof scoreVariables>

const rules: readonly ConfigRule<ScoreConfig>[] = [
  ...kafkaRules,
  under(
    'SHUTDOWN_TIMEOUT_MS',
    'SCORE_SESSION_TIMEOUT_MS',
    'a stopping worker would go on working after its partitions went to another one',
  ),
  outlastsSession('SCORE_SESSION_TIMEOUT_MS'),
  under('SCORE_FLUSH_MS', 'SHUTDOWN_TIMEOUT_MS', 'what is gathered must be worked out while the worker stops'),
]

export const readScoreConfig = (env: NodeJS.ProcessEnv): Readonly<ScoreConfig> => readConfig(scoreVariables, env, rules)
