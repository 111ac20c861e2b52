import { readConfig, variable } from '@bina/runtime/config'
import {
  cityVariables,
  clickHouseVariables,
  kafkaVariables,
  operationsVariables,
  wholeNumber,
} from '@bina/runtime/variables'
import { z } from 'zod'

export const sinkVariables = z.object({
  ...kafkaVariables,
  ...clickHouseVariables,
  ...operationsVariables,
  BINA_TIMEZONE: cityVariables.BINA_TIMEZONE,
  SINK_FLUSH_ROWS: variable(wholeNumber(1, 1_000_000).default(20_000), {
    summary: 'Rows that are stored at once at most.',
    example: '20000',
  }),
  SINK_FLUSH_BYTES: variable(wholeNumber(1_000, 1_000_000_000).default(16_000_000), {
    summary: 'Bytes that are stored at once at most.',
    example: '16000000',
  }),
  SINK_FLUSH_MS: variable(wholeNumber(1, 60_000).default(200), {
    summary: 'Longest time that a message waits for others before it is stored, in milliseconds.',
    example: '200',
  }),
  SINK_SESSION_TIMEOUT_MS: variable(wholeNumber(6_000, 300_000).default(30_000), {
    summary:
      'How long the broker waits for a heartbeat before it gives the partitions to another worker, in milliseconds.',
    example: '30000',
  }),
  SINK_SWEEP_MS: variable(wholeNumber(100, 60_000).default(20_000), {
    summary:
      'How often to look for identities with two contents, whose later message becomes a dead letter, in milliseconds.',
    example: '20000',
  }),
})

export type SinkConfig = z.infer<typeof sinkVariables>

export const readSinkConfig = (env: NodeJS.ProcessEnv): Readonly<SinkConfig> => readConfig(sinkVariables, env)
