import { createHash } from 'node:crypto'
import { parseAccessKeys } from '@bina/ingest-api/access-keys'
import { createApp } from '@bina/ingest-api/app'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import type { TestCity } from './city.ts'

export const accessKey = 'the-key-of-the-complaint-system-1234567890'
const accessKeys = JSON.stringify([
  {
    id: 'lapor',
    sha256: createHash('sha256').update(accessKey).digest('hex'),
    source: 'urn:test:lapor',
    types: ['bina.complaint.*', 'bina.resolution.*'],
  },
])

/** The real HTTP door on a free port, before the city's Kafka, for the city's complaint system `urn:test:lapor`. */
export async function openDoor(city: TestCity, clock: () => number) {
  const parsed = parseAccessKeys(accessKeys)
  if ('problems' in parsed) throw new Error(parsed.problems.join())
  const headers = () => ({ 'bina-ingested-at': new Date().toISOString() })
  const app = createApp(
    { keys: parsed.keys, publishTimeoutMs: 30_000, maxPendingEvents: 10_000 },
    {
      sink: createEventPublisher(city.publisher, { topicPrefix: city.topicPrefix, headers }),
      documents: { asyncApi: () => '{}' },
      ready: {},
      metrics: createMetrics({ processMetrics: false }),
      log: createLogger({ service: 'test', level: 'silent' }),
      clock,
    },
  )
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, close: () => app.close() }
}
