import { type ConfigRule, readConfig, variable } from '@bina/runtime/config'
import { kafkaRules, twoPorts, under } from '@bina/runtime/config-rules'
import { kafkaVariables, operationsVariables, wholeNumber } from '@bina/runtime/variables'
import { z } from 'zod'
import { parseAccessKeys } from './access-keys.ts'

const accessKeys = z.string({ error: 'expected a JSON array of keys' }).transform((text, ctx) => {
  const parsed = parseAccessKeys(text)
  if ('keys' in parsed) return parsed.keys
  for (const message of parsed.problems) ctx.issues.push({ code: 'custom', input: '', message })
  return z.NEVER
})

export const ingestVariables = z.object({
  ...kafkaVariables,
  ...operationsVariables,
  INGEST_HOST: variable(z.string().min(1).default('127.0.0.1'), {
    summary: 'Address on which events are taken over HTTP; loopback unless told otherwise. Put TLS in front of it.',
    example: '0.0.0.0',
  }),
  INGEST_PORT: variable(wholeNumber(0, 65_535).default(8080), {
    summary: 'Port of the same; 0 takes a free one and logs it.',
    example: '8080',
  }),
  INGEST_KEYS: variable(accessKeys, {
    summary:
      'Who may publish what: SHA-256 of each access key with its source and event types. The keys themselves stay with their owners.',
    example: '[{"id":"hr","sha256":"<64 hex digits>","source":"urn:palembang:hr","types":["bina.attendance.*"]}]',
    secret: true,
  }),
  INGEST_PUBLISH_TIMEOUT_MS: variable(wholeNumber(100, 120_000).default(10_000), {
    summary: "How long a request waits for Kafka's acknowledgement before it is answered 503, in milliseconds.",
    example: '10000',
  }),
  INGEST_MAX_PENDING_EVENTS: variable(wholeNumber(1_000, 1_000_000).default(20_000), {
    summary: 'Events that may wait for Kafka at once; beyond it requests are answered 503.',
    example: '20000',
  }),
})

export type IngestConfig = z.infer<typeof ingestVariables>

const rules: readonly ConfigRule<IngestConfig>[] = [
  ...kafkaRules,
  under(
    'INGEST_PUBLISH_TIMEOUT_MS',
    'SHUTDOWN_TIMEOUT_MS',
    'a stopping door would end before the requests that it took are answered',
  ),
  twoPorts('INGEST_PORT', 'OPERATIONS_PORT'),
]

export const readIngestConfig = (env: NodeJS.ProcessEnv): Readonly<IngestConfig> =>
  readConfig(ingestVariables, env, rules)
