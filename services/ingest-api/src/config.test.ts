import { expect, it } from 'vitest'
import { readIngestConfig } from './config.ts'

const key = { id: 'hr', sha256: 'a'.repeat(64), source: 'urn:palembang:hr', types: ['bina.attendance.*'] }
const enough = { KAFKA_BROKERS: 'kafka:9092', INGEST_KEYS: JSON.stringify([key]) }

it('takes its defaults, and refuses one port for two servers and a stop that cuts off what it took', () => {
  expect(readIngestConfig(enough)).toMatchObject({ INGEST_PORT: 8080 })
  expect(() => readIngestConfig({ ...enough, OPERATIONS_PORT: '8080' })).toThrow(
    'INGEST_PORT and OPERATIONS_PORT are both 8080',
  )
  expect(() => readIngestConfig({ ...enough, INGEST_PUBLISH_TIMEOUT_MS: '20000' })).toThrow(
    'INGEST_PUBLISH_TIMEOUT_MS (20000) must be less than SHUTDOWN_TIMEOUT_MS (20000)',
  )
})
