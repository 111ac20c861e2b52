import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { joinShared } from './shared-once.ts'
import { startTestStack } from './test-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port`, several separated by commas. */
    kafkaBrokers: string
    /** `http://host:port`, with user and password where the server wants them, without a database. */
    clickhouseUrl: string
  }
}

const CACHE_DIR = fileURLToPath(new URL('../../../.bina/cache', import.meta.url))

/** Gives integration and end-to-end tests a real Kafka and a real ClickHouse; read them by `inject('kafkaBrokers')`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value: stack, leave } = await joinShared('bina.test-stack', () =>
    startTestStack({
      // The one place where tests read the environment: somebody else's servers take the place of the embedded ones.
      kafkaBrokers: process.env.KAFKA_BROKERS || undefined,
      clickhouseUrl: process.env.CLICKHOUSE_URL || undefined,
      cacheDir: CACHE_DIR,
    }),
  )
  project.provide('kafkaBrokers', stack.kafkaBrokers)
  project.provide('clickhouseUrl', stack.clickhouseUrl)
  return leave
}
