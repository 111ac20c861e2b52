import { connectClickHouse } from '@bina/clickhouse/connect'
import { connectKafka } from '@bina/kafka/connect'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import type { SettledMessage } from '@bina/pipeline/ports/ingest-log'
import { createLogger } from '@bina/runtime/logger'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { sinkDeps, testSink } from '../harness/test-sink.ts'

// A sink-worker as a process of its own that can be held between ClickHouse's acknowledgement and the commit.

export interface SinkProcessArgument {
  readonly brokers: readonly string[]
  readonly clickhouseUrl: string
  readonly topicPrefix: string
  readonly maxRows: number
  readonly sessionTimeoutMs: number
  /** Batches that go through before one is held; absent: none is held. */
  readonly holdAfter?: number
}

/** Offsets of one batch and partition: the first, and one past the last. */
export interface HeldPartition {
  readonly topic: string
  readonly partition: number
  readonly first: number
  readonly next: number
}

async function main({ holdAfter, ...argument }: SinkProcessArgument) {
  const { topicPrefix, maxRows, sessionTimeoutMs } = argument
  const log = createLogger({ service: 'sink-worker', level: 'warn' })
  const kafka = connectKafka({ brokers: argument.brokers, clientId: 'bina-test' }, { log })
  const settings = { url: argument.clickhouseUrl, user: 'default', password: '', application: 'bina-test' }
  const clickhouse = connectClickHouse(settings)
  const publisher = await createMessagePublisher(kafka)
  const world = { kafka, clickhouse, publisher, topicPrefix, zone: 'Asia/Jakarta', clock: Date.now, log }
  const deps = sinkDeps(world)
  let batches = 0
  let settled: readonly SettledMessage[] = []
  const worker = testSink(
    world,
    { maxRows, sessionTimeoutMs },
    {
      ...deps,
      ingestLog: {
        ...deps.ingestLog,
        begin: () => {
          const batch = deps.ingestLog.begin()
          const messages: SettledMessage[] = []
          return {
            add: (message) => {
              batch.add(message)
              messages.push(message)
            },
            settle: async () => {
              await batch.settle()
              settled = messages
              process.send?.({ kind: 'settled', partitions: partitionsOf(messages) })
            },
          }
        },
      },
      touches: {
        touch: async (touched) => {
          if (batches++ !== holdAfter) return deps.touches.touch(touched)
          process.send?.({ kind: 'held', partitions: partitionsOf(settled), rows: settled.length })
          await new Promise<never>(() => {})
        },
      },
    },
  )
  await new Promise<void>((resolve) => {
    process.once('message', () => resolve())
    process.send?.({ kind: 'loaded' })
  })
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await publisher.close()
      await clickhouse.close()
    },
  }
  await runService([clients, worker.component], worker.failed, { log, shutdownTimeoutMs: 20_000 })
}

function partitionsOf(messages: readonly SettledMessage[]): readonly HeldPartition[] {
  const partitions = new Map<string, HeldPartition>()
  for (const { topic, partition, offset } of messages) {
    const name = `${topic}/${partition}`
    const { first, next } = partitions.get(name) ?? { first: offset, next: offset }
    partitions.set(name, { topic, partition, first: Math.min(first, offset), next: Math.max(next, offset + 1) })
  }
  return [...partitions.values()]
}

exitOnError(main(JSON.parse(process.argv[2] ?? '') as SinkProcessArgument))
