import { setTimeout as wait } from 'node:timers/promises'
import { encodeEvent } from '@bina/events/encode-event'
import { attendanceTopic, topicName, topicOf } from '@bina/events/topics'
import { connectKafka, type Kafka } from '@bina/kafka/connect'
import type { Logger } from '@bina/runtime/logger'
import { chance, createRandom } from '@bina/simulator/random'
import type { LoadCity } from './load-events.ts'

// Producers that stand outside the city and write down what they were told: an acknowledgement is a promise that is called in later.

export interface LoadConfig {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
  readonly doorUrl?: string
  readonly accessKey: string
  readonly seed: string
  /** Offered to Kafka itself, and over HTTP. What could not be sent while a server was away is made up for by two seconds at most. */
  readonly kafkaPerSecond: number
  readonly httpPerSecond: number
}

export interface Load {
  /** Events that were begun to be sent: numbers 0 to here. */
  readonly begun: number
  readonly acknowledged: number
  /** Sends that failed or were not answered, and were made once more. */
  readonly retries: number
  /** Why sends were made once more, with how often. */
  readonly reasons: ReadonlyMap<string, number>
  /** Of each event whether it was acknowledged; one that was not may be there once or not at all. */
  readonly isAcknowledged: (n: number) => boolean
  /** Messages that are no events, in the words they were sent in, as far as acknowledged. */
  readonly nonsense: readonly string[]
  /** Stops beginning; resolves when what was begun is acknowledged or given up by its producer. */
  stop(): Promise<void>
  /** Rejects when an answer is one that no fault explains. */
  readonly failed: Promise<never>
}

const idleMs = 15
const againMs = 150
// One send is under way at a time: on a busy machine it takes a second, and what became due meanwhile goes with the next.
const kafkaBatch = 2_500
const httpBatch = 250
/** Of the sends that failed, so many are given up: their producer died, too. */
const givenUp = 0.05
const longestDebtMs = 2_000

export async function startLoad(
  config: LoadConfig,
  deps: { readonly city: LoadCity; readonly log: Logger },
): Promise<Load> {
  const { city, log } = deps
  const { topicPrefix, seed } = config
  // Each try is the load's own, so that it is known of every one.
  const kafka: Kafka = connectKafka({ brokers: config.brokers, clientId: 'load', retries: 0 }, { log })
  const producer = kafka.producer({ allowAutoTopicCreation: false, maxInFlightRequests: 1 })
  await producer.connect()
  const acknowledged = new Set<number>()
  const nonsense: string[] = []
  const reasons = new Map<string, number>()
  let begun = 0
  let retries = 0
  let isStopping = false
  let batches = 0
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})

  const take = (most: number): readonly number[] => {
    const first = begun
    begun += most
    return Array.from({ length: most }, (_, at) => first + at)
  }
  /** Sends one batch until it is acknowledged or given up; the same bytes each time. */
  const sendUntilTold = async (send: () => Promise<void>): Promise<boolean> => {
    const random = createRandom(seed, 'give up', batches++)
    for (;;) {
      try {
        await send()
        return true
      } catch (error) {
        if (error instanceof UnexplainedAnswer) throw error
        const reason = error instanceof Error ? error.message.slice(0, 80) : String(error)
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
        if (chance(random, givenUp)) return false
        retries++
        await wait(againMs)
      }
    }
  }
  const paced = async (perSecond: number, most: number, send: (numbers: readonly number[]) => Promise<void>) => {
    if (perSecond === 0) return
    let sinceMs = performance.now()
    while (!isStopping) {
      const owedMs = Math.min(performance.now() - sinceMs, longestDebtMs + idleMs)
      const due = Math.min(most, Math.floor((owedMs / 1000) * perSecond))
      if (due === 0) {
        await wait(idleMs)
        continue
      }
      sinceMs = Math.max(sinceMs + (due / perSecond) * 1000, performance.now() - longestDebtMs)
      await send(take(due))
    }
  }
  const toKafka = async (numbers: readonly number[]) => {
    const byTopic = new Map<string, { key: string; value: Buffer }[]>()
    const put = (topic: string, message: { key: string; value: Buffer }) => {
      const name = topicPrefix + topic
      byTopic.set(name, [...(byTopic.get(name) ?? []), message])
    }
    for (const n of numbers) {
      const event = city.event(n)
      const { key, value } = encodeEvent(event)
      put(topicOf(event.type) ?? attendanceTopic, { key, value })
    }
    const words = `nonsense ${batches}`
    const isMixed = batches % 10 === 0
    if (isMixed) put(attendanceTopic, { key: words, value: Buffer.from(words) })
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }))
    const isTold = await sendUntilTold(async () => {
      await producer.sendBatch({ acks: -1, topicMessages })
    })
    if (!isTold) return
    for (const n of numbers) acknowledged.add(n)
    if (isMixed) nonsense.push(words)
  }
  const overHttp = async (numbers: readonly number[]) => {
    const body = `[${numbers.map((n) => encodeEvent(city.event(n)).value.toString()).join()}]`
    const headers = {
      ...{ authorization: `Bearer ${config.accessKey}`, 'content-type': 'application/cloudevents-batch+json' },
    }
    const isTold = await sendUntilTold(async () => {
      const answer = await fetch(`${config.doorUrl}/v1/events`, { method: 'POST', headers, body })
      const text = await answer.text()
      if (answer.status === 503) throw new Error('the door answers 503')
      if (answer.status !== 202) throw new UnexplainedAnswer(`the door answers ${answer.status}: ${text.slice(0, 300)}`)
      const { accepted } = JSON.parse(text) as { accepted: number }
      if (accepted !== numbers.length)
        throw new UnexplainedAnswer(`of ${numbers.length} events ${accepted} were accepted`)
    })
    if (isTold) for (const n of numbers) acknowledged.add(n)
  }
  const lanes = Promise.all([
    paced(config.kafkaPerSecond, kafkaBatch, toKafka),
    paced(config.httpPerSecond / 2, httpBatch, overHttp),
    paced(config.httpPerSecond / 2, httpBatch, overHttp),
  ])
  lanes.catch(fail)
  return {
    get begun() {
      return begun
    },
    get acknowledged() {
      return acknowledged.size
    },
    get retries() {
      return retries
    },
    reasons,
    isAcknowledged: (n) => acknowledged.has(n),
    nonsense,
    failed,
    stop: async () => {
      isStopping = true
      await lanes
      await producer.disconnect()
    },
  }
}

/** Publishes events that the city is to know before the load begins. */
export async function publishFirst(kafka: Kafka, topicPrefix: string, events: LoadCity['directory']): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false, idempotent: true })
  await producer.connect()
  for (let at = 0; at < events.length; at += 1_000) {
    const topicMessages = events.slice(at, at + 1_000).map((event) => {
      const { key, value } = encodeEvent(event)
      return { topic: topicName(topicPrefix, topicOf(event.type) ?? attendanceTopic), messages: [{ key, value }] }
    })
    await producer.sendBatch({ acks: -1, topicMessages })
  }
  await producer.disconnect()
}

/** An answer that is no consequence of a fault: the test is wrong, or the product. */
class UnexplainedAnswer extends Error {
  override readonly name = 'UnexplainedAnswer'
}
