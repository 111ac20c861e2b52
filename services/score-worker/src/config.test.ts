import { expect, it } from 'vitest'
import { readScoreConfig } from './config.ts'

const enough = { KAFKA_BROKERS: 'kafka:9092', CLICKHOUSE_URL: 'http://clickhouse:8123/bina' }

it('takes its defaults, and refuses a stop or a wait that would outlast its place in the group', () => {
  expect(readScoreConfig(enough)).toMatchObject({ SCORE_FLUSH_MS: 250 })
  expect(() => readScoreConfig({ ...enough, SCORE_SESSION_TIMEOUT_MS: '20000' })).toThrow(
    'SHUTDOWN_TIMEOUT_MS (20000) must be less than SCORE_SESSION_TIMEOUT_MS (20000)',
  )
  expect(() => readScoreConfig({ ...enough, SCORE_FLUSH_MS: '60000' })).toThrow('must be less than SHUTDOWN_TIMEOUT_MS')
})
