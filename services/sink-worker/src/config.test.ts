import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '@bina/runtime/config'
import { describe, expect, it } from 'vitest'
import { readSinkConfig } from './config.ts'

const enough = { KAFKA_BROKERS: 'kafka:9092', CLICKHOUSE_URL: 'http://clickhouse:8123/bina' }
const halfAGigabyte = 512 * 1024 * 1024
const problemsOf = (env: Record<string, string>, memoryBytes = halfAGigabyte): readonly string[] => {
  try {
    readSinkConfig({ ...enough, ...env } as NodeJS.ProcessEnv, memoryBytes)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the configuration of the sink worker', () => {
  it('is taken as it comes, in the memory that Docker Compose gives', () => {
    expect(problemsOf({})).toEqual([])
  })

  it.each([
    [
      { SINK_SESSION_TIMEOUT_MS: '6000' },
      /^SHUTDOWN_TIMEOUT_MS \(20000\) must be less than SINK_SESSION_TIMEOUT_MS \(6000\)/,
    ],
    [
      { SINK_FLUSH_MS: '5000', SHUTDOWN_TIMEOUT_MS: '5000' },
      /^SINK_FLUSH_MS \(5000\) must be less than SHUTDOWN_TIMEOUT_MS/,
    ],
    [
      { SINK_SESSION_TIMEOUT_MS: '60000', CONSUMER_STALL_EXIT_MS: '60000' },
      /^SINK_SESSION_TIMEOUT_MS \(60000\) must be less than CONSUMER_STALL_EXIT_MS \(60000\): workers would end while/,
    ],
    [
      { SINK_FLUSH_ROWS: '10', SINK_FLUSH_BYTES: '60000' },
      /an insert of its own. Set SINK_FLUSH_BYTES to 65536 at least/,
    ],
    [
      { SINK_FLUSH_ROWS: '50000', SINK_FLUSH_BYTES: '4000000' },
      /^SINK_FLUSH_ROWS \(50000\) cannot be reached.*Set SINK_FLUSH_BYTES to 20000000/,
    ],
    [{ SINK_FLUSH_ROWS: '200000', SINK_FLUSH_BYTES: '64000000' }, /take up to 1056 MB, and the process has 537 MB/],
  ])('refuses what does not go together, and says what to set: %j', (env, words) => {
    const problems = problemsOf(env)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(words)
  })

  it.each([
    [{ SINK_LANE: 'history' }, /^SINK_LANE: expected live or backfill \(got "history"\).*Example: SINK_LANE=backfill$/],
    [
      { SINK_LANE: 'backfill', SINK_BACKFILL_ROWS_PER_SECOND: '500' },
      /^SINK_BACKFILL_FLUSH_ROWS \(2000\) must not be more than SINK_BACKFILL_ROWS_PER_SECOND \(500\).*to 500 at most/,
    ],
    [
      {
        SINK_LANE: 'backfill',
        SINK_BACKFILL_FLUSH_ROWS: '5000',
        SINK_BACKFILL_ROWS_PER_SECOND: '5000',
        SINK_FLUSH_BYTES: '400000',
      },
      /^SINK_BACKFILL_FLUSH_ROWS \(5000\) cannot be reached: SINK_FLUSH_BYTES \(400000\).*or SINK_BACKFILL_FLUSH_ROWS to 1000/,
    ],
    [
      { SINK_LANE: 'backfill', SINK_BACKFILL_ROWS_PER_SECOND: '0' },
      /^SINK_BACKFILL_ROWS_PER_SECOND: expected a whole number from 1/,
    ],
  ])('holds history to limits that let others live: %j', (env, words) => {
    const problems = problemsOf(env)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(words)
  })

  it.each([
    // Each insert would wait for longer than the watch over progress lets pass before it ends the process.
    [
      { SINK_FLUSH_MS: '60000', CONSUMER_STALL_EXIT_MS: '30001' },
      /^SINK_FLUSH_MS: expected a whole number from 1 to 10000/,
    ],
    [
      { SINK_FLUSH_MS: '30000', SHUTDOWN_TIMEOUT_MS: '40000', SINK_SESSION_TIMEOUT_MS: '60000' },
      /^SINK_FLUSH_MS: .*\/readyz calls 20 s without progress a stall/,
    ],
    [
      { SHUTDOWN_TIMEOUT_MS: '100', SINK_FLUSH_MS: '50' },
      /^SHUTDOWN_TIMEOUT_MS: expected a whole number from 5000 to 600000 \(got "100"\).*must be stored/,
    ],
    [
      { CONSUMER_STALL_EXIT_MS: '1000' },
      /^CONSUMER_STALL_EXIT_MS: expected a whole number from 20000 .*nothing shorter is called a stall/,
    ],
  ])('refuses times in which no work can be done, and says why: %j', (env, words) => {
    const problems = problemsOf(env)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(words)
  })

  it("judges each lane's worker by the batches that it makes", () => {
    const env = { SINK_FLUSH_ROWS: '1000000', SINK_FLUSH_BYTES: '100000000' }
    expect(problemsOf({ ...env, SINK_LANE: 'live' })[0]).toMatch(/^SINK_FLUSH_ROWS \(1000000\) and SINK_FLUSH_BYTES/)
    expect(problemsOf({ ...env, SINK_LANE: 'backfill' })).toEqual([])
  })

  it('takes great batches where there is memory for them', () => {
    expect(problemsOf({ SINK_FLUSH_ROWS: '200000', SINK_FLUSH_BYTES: '64000000' }, 4 * halfAGigabyte)).toEqual([])
  })

  it('ends a start with exit code 2 and the words alone', async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url))
    const env = { ...enough, PATH: process.env.PATH, SINK_SESSION_TIMEOUT_MS: '6000' }
    const ended = await new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', main], { env }, (error, out, err) =>
        resolve({ code: error?.code, said: out + err }),
      )
    })
    expect(ended.code).toBe(2)
    expect(ended.said).toMatch(
      /^The configuration has 1 problem:\n {2}SHUTDOWN_TIMEOUT_MS \(20000\) must be less than.*\n$/,
    )
  })
})
