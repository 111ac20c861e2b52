import { setTimeout as wait } from 'node:timers/promises'
import { attendanceTopic, deadLetterTopic } from '@bina/events/topics'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { until } from '@bina/testkit/until'
import type { TestCity } from './city.ts'
import { clockIn } from './plain-events.ts'

// A publisher outside the city that notes what it was told: each acknowledgement is a promise to be kept.

export interface SteadyPunches {
  /** Ids of events that the broker acknowledged. */
  readonly acknowledged: ReadonlySet<string>
  /** Ids of those of which nobody knows: they may be there once, or not. */
  readonly unheard: ReadonlySet<string>
  /** Resolves when nothing is on its way any more. */
  stop(): Promise<void>
}

const everyMs = 100

/**
 * Publishes until it is stopped; what could not be sent is not made up for. By the product's publisher, which may send a message twice: the
 * idempotent one of kafkajs gives what follows a failed send the number of what failed, and a broker that has that takes it for a repeat
 * and acknowledges what it has not kept.
 */
export function startSteadyPunches(
  city: Pick<TestCity, 'publisher' | 'topicPrefix'>,
  options: {
    readonly perSecond: number
    readonly name?: string
    /** Of each clock-in as it is sent; one morning for all when absent. */
    readonly when?: () => { readonly date: string; readonly at: string }
  },
): SteadyPunches {
  const { perSecond, name = 'in', when } = options
  const atOnce = Math.max(1, Math.round((perSecond * everyMs) / 1000))
  const { publish } = createEventPublisher(city.publisher, { topicPrefix: city.topicPrefix })
  const acknowledged = new Set<string>()
  const unheard = new Set<string>()
  let begun = 0
  let stopped = false
  const publishAgainAndAgain = async () => {
    while (!stopped) {
      const punches = Array.from({ length: atOnce }, () => {
        const number = String(begun++).padStart(6, '0')
        const unitId = `16.71.05.${1001 + (begun % 9)}`
        return clockIn(`${name}-${number}`, { person: `number_${number}`, unitId, ...when?.() })
      })
      try {
        await publish(punches)
        for (const { id } of punches) acknowledged.add(id)
      } catch {
        for (const { id } of punches) unheard.add(id)
      }
      await wait(everyMs)
    }
  }
  const publishing = publishAgainAndAgain()
  return {
    acknowledged,
    unheard,
    stop: async () => {
      stopped = true
      await publishing
    },
  }
}

/** What became of the promises: all empty and zero when they were kept. */
export interface Kept {
  /** Acknowledged, and not in `events`. */
  readonly lost: readonly string[]
  readonly twice: readonly string[]
  /** In `events` though nobody sent it. */
  readonly strange: readonly string[]
  readonly deadLetters: number
  readonly deadLettersOnTopic: number
  readonly missing: number
}

export const allKept: Kept = {
  lost: [],
  twice: [],
  strange: [],
  deadLetters: 0,
  deadLettersOnTopic: 0,
  missing: 0,
}

export async function keptOf(city: TestCity, loads: readonly Pick<SteadyPunches, 'acknowledged' | 'unheard'>[]) {
  const rows = await city.rows<{ id: string; times: number }>('SELECT id, count() AS times FROM events GROUP BY id')
  const [letters] = await city.rows<{ count: number }>('SELECT count() AS count FROM dead_letter')
  const [balance] = await city.rows<{ missing: number }>('SELECT sum(missing) AS missing FROM ingest_balance')
  const stored = new Set(rows.map(({ id }) => id))
  const kept: Kept = {
    lost: loads.flatMap(({ acknowledged }) => [...acknowledged]).filter((id) => !stored.has(id)),
    twice: rows.filter(({ times }) => times !== 1).map(({ id }) => id),
    strange: [...stored].filter(
      (id) => !loads.some(({ acknowledged, unheard }) => acknowledged.has(id) || unheard.has(id)),
    ),
    deadLetters: Number(letters?.count),
    deadLettersOnTopic: (await endsOf(city, city.topicPrefix + deadLetterTopic)).reduce((sum, end) => sum + end, 0),
    missing: Number(balance?.missing),
  }
  return kept
}

/** Resolves when all that was acknowledged until now is in `events`; throws with what is not, and how far the topic and its readers are. */
export async function untilStored(city: TestCity, load: SteadyPunches, withinMs = 120_000): Promise<void> {
  const promised = new Set(load.acknowledged)
  const missing = async () => {
    const rows = await city.rows<{ id: string }>('SELECT id FROM events')
    const stored = new Set(rows.map(({ id }) => id))
    return [...promised].filter((id) => !stored.has(id))
  }
  const areAllThere = async () => (await missing()).length === 0
  await until(areAllThere, { withinMs, everyMs: 250, what: 'what was acknowledged' }).catch(async (cause) => {
    const lost = await missing()
    const balance = await city.rows(
      "SELECT * FROM ingest_balance WHERE topic = 'bina.attendance.v1' ORDER BY partition",
    )
    const ends = await endsOf(city, city.topicPrefix + attendanceTopic)
    const words = [
      `${lost.length} of ${promised.size} acknowledged events are not stored after ${withinMs / 1000} s: ${lost.slice(0, 5)} to ${lost.at(-1)}`,
      `the topic ends at ${ends.join()}; the balance is ${JSON.stringify(balance)}`,
    ]
    throw new Error(words.join('; '), { cause })
  })
}

async function endsOf(city: TestCity, topic: string): Promise<readonly number[]> {
  const admin = city.kafka.admin()
  await admin.connect()
  try {
    return (await admin.fetchTopicOffsets(topic)).map(({ high }) => Number(high))
  } finally {
    await admin.disconnect()
  }
}
