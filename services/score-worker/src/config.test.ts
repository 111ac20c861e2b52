import { expect, it } from 'vitest'
import { readScoreConfig } from './config.ts'

const enough = { KAFKA_BROKERS: 'kafka:9092', CLICKHOUSE_URL: 'http://clickhouse:8123/bina' }

it('takes its defaults, and refuses a stop or a wait that would outlast its place in the group', () => {
  expect(readScoreConfig(enough)).toMatchObject({ SCORE_FLUSH_MS: 250 })
  expect(() => readScoreConfig({ ...enough, SCORE_SESSION_TIMEOUT_MS: '20000' })).toThrow(
    'SHUTDOWN_TIMEOUT_MS (20000) must be less than SCORE_SESSION_TIMEOUT_MS (20000)',
  )
  expect(() => readScoreConfig({ ...enough, SCORE_FLUSH_MS: '5000', SHUTDOWN_TIMEOUT_MS: '5000' })).toThrow(
    'must be less than SHUTDOWN_TIMEOUT_MS',
  )
})

it.each([
  [
    { SCORE_FLUSH_MS: '30000', SHUTDOWN_TIMEOUT_MS: '29000' },
    /SCORE_FLUSH_MS: expected a whole number from 1 to 10000.*a stall/,
  ],
  [{ SHUTDOWN_TIMEOUT_MS: '100', SCORE_FLUSH_MS: '50' }, /SHUTDOWN_TIMEOUT_MS: expected a whole number from 5000/],
  [{ CONSUMER_STALL_EXIT_MS: '1000' }, /CONSUMER_STALL_EXIT_MS: expected a whole number from 20000/],
  [
    { SCORE_SESSION_TIMEOUT_MS: '130000' },
    /SCORE_SESSION_TIMEOUT_MS \(130000\) must be less than CONSUMER_STALL_EXIT_MS \(120000\)/,
  ],
])('refuses times in which no work can be done: %j', (env, words) => {
  expect(() => readScoreConfig({ ...enough, ...env })).toThrow(words)
})
