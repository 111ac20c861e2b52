import { maxValueBytes } from '@bina/events/decode-event'
import { lanes } from '@bina/events/topics'
import { type ConfigRule, readConfig, variable } from '@bina/runtime/config'
import { kafkaRules, outlastsSession, under } from '@bina/runtime/config-rules'
import { memoryLimit } from '@bina/runtime/memory-limit'
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

export const sinkVariables = z.object({
  ...kafkaVariables,
  ...consumerVariables,
  ...clickHouseVariables,
  ...operationsVariables,
  BINA_TIMEZONE: cityVariables.BINA_TIMEZONE,
  SINK_LANE: variable(z.enum(lanes, { error: 'expected live or backfill' }).default('live'), {
    summary:
      'Lane that this worker stores: live, or backfill, the topics bina.backfill.* of history, which lets live events go first.',
    example: 'backfill',
  }),
  SINK_FLUSH_ROWS: variable(wholeNumber(1, 1_000_000).default(50_000), {
    summary: 'Rows of the live lane that are stored at once at most.',
    example: '50000',
  }),
  SINK_BACKFILL_FLUSH_ROWS: variable(wholeNumber(1, 100_000).default(2_000), {
    summary:
      'Rows of history that are stored at once at most; a live event has one such portion before it, or two, and never more.',
    example: '2000',
  }),
  SINK_BACKFILL_ROWS_PER_SECOND: variable(wholeNumber(1, 1_000_000).default(2_000), {
    summary: 'Rows of history that one worker stores in a second at most.',
    example: '2000',
  }),
  SINK_FLUSH_BYTES: variable(wholeNumber(1_000, 256_000_000).default(32_000_000), {
    summary: 'Bytes that are stored at once at most.',
    example: '32000000',
  }),
  SINK_FLUSH_MS: gathering(
    200,
    'a message waits for others before it is stored (two seconds while more than a batch waits in Kafka)',
  ),
  SINK_SESSION_TIMEOUT_MS: variable(wholeNumber(6_000, 300_000).default(30_000), {
    summary:
      'How long the broker waits for a heartbeat before it gives the partitions to another worker, in milliseconds.',
    example: '30000',
  }),
  SINK_SWEEP_MS: variable(wholeNumber(100, 60_000).default(20_000), {
    summary:
      'How often to look for identities with two contents, whose later message becomes a dead letter, and to reckon the balance, in milliseconds.',
    example: '20000',
  }),
})

export type SinkConfig = z.infer<typeof sinkVariables>

// No event of the contract is smaller, attributes in headers or not.
const smallestEventBytes = 100
// Measured: what a row and a byte of a batch take at most while it is stored and the next one is gathered.
const memoryPerRow = 4_000
const memoryPerByte = 4

const rules = (memoryBytes: number): readonly ConfigRule<SinkConfig>[] => [
  ...kafkaRules,
  under(
    'SHUTDOWN_TIMEOUT_MS',
    'SINK_SESSION_TIMEOUT_MS',
    'a stopping worker would go on storing after its partitions went to another one',
  ),
  outlastsSession('SINK_SESSION_TIMEOUT_MS'),
  under('SINK_FLUSH_MS', 'SHUTDOWN_TIMEOUT_MS', 'what is gathered must be stored while the worker stops'),
  ({ SINK_FLUSH_BYTES: bytes }) =>
    bytes < maxValueBytes
      ? `SINK_FLUSH_BYTES (${bytes}) is less than one event may have (${maxValueBytes}): each would be an insert of its own. Set SINK_FLUSH_BYTES to ${maxValueBytes} at least; 32000000 is usual.`
      : undefined,
  (config) => {
    const { name, rows } = rowsAtOnce(config)
    const { SINK_FLUSH_BYTES: bytes } = config
    return rows * smallestEventBytes > bytes
      ? `${name} (${rows}) cannot be reached: SINK_FLUSH_BYTES (${bytes}) is full before, since an event has ${smallestEventBytes} bytes at least. Set SINK_FLUSH_BYTES to ${rows * 400}, or ${name} to ${Math.floor(bytes / 400)}.`
      : undefined
  },
  (config) => {
    const { name, rows, usual } = rowsAtOnce(config)
    const { SINK_FLUSH_BYTES: bytes } = config
    const needed = rows * memoryPerRow + bytes * memoryPerByte
    return needed > memoryBytes
      ? `${name} (${rows}) and SINK_FLUSH_BYTES (${bytes}) take up to ${megabytes(needed)} MB, and the process has ${megabytes(memoryBytes)} MB. Set them lower, ${usual} and 32000000 are usual, or give the process more memory.`
      : undefined
  },
  ({ SINK_BACKFILL_FLUSH_ROWS: rows, SINK_BACKFILL_ROWS_PER_SECOND: perSecond }) =>
    rows > perSecond
      ? `SINK_BACKFILL_FLUSH_ROWS (${rows}) must not be more than SINK_BACKFILL_ROWS_PER_SECOND (${perSecond}): what is stored at once would be more than a second may have. Set SINK_BACKFILL_FLUSH_ROWS to ${perSecond} at most.`
      : undefined,
]

/** Rows of a batch at most, in the lane that the worker has. */
export const rowsAtOnce = (config: SinkConfig) =>
  config.SINK_LANE === 'live'
    ? ({ name: 'SINK_FLUSH_ROWS', rows: config.SINK_FLUSH_ROWS, usual: 50_000 } as const)
    : ({ name: 'SINK_BACKFILL_FLUSH_ROWS', rows: config.SINK_BACKFILL_FLUSH_ROWS, usual: 2_000 } as const)

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)

/** @param memoryBytes what the process may use. @throws ConfigError with all that is wrong. */
export const readSinkConfig = (env: NodeJS.ProcessEnv, memoryBytes = memoryLimit()): Readonly<SinkConfig> =>
  readConfig(sinkVariables, env, rules(memoryBytes))
