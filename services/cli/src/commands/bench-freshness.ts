import { loadavg } from 'node:os'
import { addDays } from '@bina/domain/plain-date'
import { caughtUp } from '@bina/kafka/caught-up'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { pipelineStages } from '@bina/pipeline/stages'
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
}

const units = 185
const warmUpSeconds = 15
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
      await settled(city, context)
      let [from, probesBefore] = [0, 0]
      for (const rate of options.rates) {
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
          load: loadavg(),
        })
        // What one rate leaves behind is no part of the next.
        await settled(city, context)
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
    for (const { reached, events, score } of runs)
      context.say(`${reached} events a second: events ${words(events)}; score ${words(score)}`)
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

async function settled({ servers, topicPrefix }: BenchCity, context: CommandContext): Promise<void> {
  const step = context.progress.step('Until all of it is stored and scored')
  const behind = await caughtUp(servers.kafka, pipelineStages(topicPrefix), {
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
