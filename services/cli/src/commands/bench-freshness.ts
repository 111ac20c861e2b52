import { loadavg } from 'node:os'
import { addDays } from '@bina/domain/plain-date'
import { caughtUp, type Stage } from '@bina/kafka/caught-up'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { liveStages, pipelineStages, sinkStage } from '@bina/pipeline/stages'
import { type BenchCity, withBenchCity } from '../bench/bench-city.ts'
import { type Probe, publishSteadily } from '../bench/freshness/publish-steadily.ts'
import { createProbesInScores, type Delays, probesInEvents, watchProbes } from '../bench/freshness/watch-probes.ts'
import { quantileOf } from '../bench/quantile.ts'
import { steadyEvents } from '../bench/steady-events.ts'
import { thisMachine } from '../bench/this-machine.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'

export interface BenchFreshnessOptions {
  /** Events a second, one measurement each. */
  readonly rates: readonly number[]
  readonly seconds: number
  readonly probes: number
  /** Events that wait in the lane for history when each measurement begins. */
  readonly history: number
}

const units = 185
const warmUpSeconds = 15
/** Events of the load from here on are history: none of them is sent live as well. */
const historyFrom = 100_000_000
/** How long is waited for the probes that are still to be seen. */
const patienceSeconds = 60

/** The time from the broker's acknowledgement of an event until `events` counts it and until its unit's score was made with it, while a city
 *  publishes so many events a second; one sink-worker and one score-worker, as they are delivered. */
export async function benchFreshness(context: CommandContext, options: BenchFreshnessOptions): Promise<void> {
  await withBenchCity(context, { name: 'freshness' }, async (city) => {
    // Seven weeks of the load after the probe week, all of them over.
    const probeWeek = addDays(lastClosedWeek(city.servers.zone, Date.now()), -7 * 7)
    const steady = steadyEvents({ probeWeek, units })
    const messages = await Promise.all(Array.from({ length: 4 }, () => createMessagePublisher(city.servers.kafka)))
    const publishers = messages.map((one) => createEventPublisher(one, { topicPrefix: city.topicPrefix }))
    const runs = []
    try {
      for (const service of ['sink-worker', 'score-worker'] as const) await city.start(service)
      await publishers[0]?.publish(steady.directory())
      await settled(city, context, pipelineStages(city.topicPrefix))
      if (options.history > 0) await city.start('backfill-worker')
      let historySent = 0
      let [from, probesBefore] = [0, 0]
      for (const rate of options.rates) {
        for (const end = historySent + options.history; historySent < end; ) {
          const sent = Math.min(1_000, end - historySent)
          const past = Array.from({ length: sent }, (_, at) => steady.event(historyFrom + historySent + at))
          await publishers[0]?.publish(past, 'backfill')
          historySent += sent
        }
        const historyWaits = await historyWaiting(city)
        const step = context.progress.step(`${rate} events a second`)
        const waitingForEvents: Probe[] = []
        const waitingForScores: Probe[] = []
        let publishedAtMs: number | undefined
        const isOver = () => publishedAtMs !== undefined && performance.now() - publishedAtMs > patienceSeconds * 1000
        const watching = { total: options.probes, isOver, signal: context.signal }
        const load = { eventsPerSecond: rate, warmUpSeconds, measuredSeconds: options.seconds, probes: options.probes }
        const [published, events, score] = await Promise.all([
          publishSteadily(steady, load, {
            publishers,
            from,
            probesBefore,
            acknowledged: (probe) => {
              waitingForEvents.push(probe)
              waitingForScores.push(probe)
              step.update(waitingForScores.length, `${probe.id}`)
            },
            signal: context.signal,
          }).finally(() => {
            publishedAtMs = performance.now()
          }),
          watchProbes(waitingForEvents, {
            ...watching,
            everyMs: 50,
            seenBy: (some) => probesInEvents(city.client, some),
          }),
          watchProbes(waitingForScores, {
            ...watching,
            everyMs: 150,
            seenBy: (some) => createProbesInScores(probeWeek)(city.client, some),
          }),
        ])
        from += published.published
        probesBefore += options.probes
        step.done()
        runs.push({
          eventsPerSecond: rate,
          reached: Math.round(published.eventsPerSecond),
          events: figuresOf(events),
          score: figuresOf(score),
          history: { waitedAtFirst: historyWaits, waitAtLast: await historyWaiting(city) },
          load: loadavg(),
        })
        // What one rate leaves behind is no part of the next; history waits again.
        await settled(city, context, liveStages(city.topicPrefix))
      }
    } finally {
      await Promise.all(messages.map((one) => one.close()))
    }
    const machine = thisMachine()
    const result = {
      machine,
      units,
      seconds: options.seconds,
      goals: { eventsP99Seconds: 1, scoreP99Seconds: 3 },
      runs,
    }
    for (const { reached, events, score, history } of runs) {
      const beside = options.history > 0 ? `, history ${history.waitedAtFirst} to ${history.waitAtLast}` : ''
      context.say(`${reached} events a second${beside}: events ${words(events)}; score ${words(score)}`)
    }
    context.answer(result)
  })
}

const words = ({ p50Seconds, p99Seconds, unseen }: ReturnType<typeof figuresOf>) =>
  `p50 ${p50Seconds.toFixed(2)} s, p99 ${p99Seconds.toFixed(2)} s${unseen === 0 ? '' : `, ${unseen} not seen within ${patienceSeconds} s`}`

function figuresOf({ milliseconds, unseen }: Delays) {
  // One that was not seen is later than all that were.
  const all = [...milliseconds, ...Array.from({ length: unseen }, () => Number.POSITIVE_INFINITY)]
  return {
    p50Seconds: quantileOf(all, 0.5) / 1000,
    p99Seconds: quantileOf(all, 0.99) / 1000,
    unseen,
    milliseconds: milliseconds.map(Math.round),
  }
}

async function historyWaiting({ admin, topicPrefix }: BenchCity): Promise<number> {
  const { groupId, topics } = sinkStage(topicPrefix, 'backfill')
  return (await admin.lagOf(groupId, topics)).reduce((sum, { lag }) => sum + lag, 0)
}

async function settled({ servers }: BenchCity, context: CommandContext, stages: readonly Stage[]): Promise<void> {
  const step = context.progress.step('Until all of it is stored and scored')
  const behind = await caughtUp(servers.kafka, stages, {
    timeoutMs: 600_000,
    signal: context.signal,
  })
  if (behind !== undefined) {
    step.fail()
    throw new CommandError(`The workers are still behind after ten minutes: ${behind}`, 1, {
      hint: 'Ask for fewer events a second: --rates 500',
    })
  }
  step.done()
}
