import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { addDays } from '@bina/domain/plain-date'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { withBenchCity } from '../bench/bench-city.ts'
import { publishSteadily } from '../bench/freshness/publish-steadily.ts'
import { diskBytesOf, insertedPartsOf } from '../bench/scale/disk-bytes.ts'
import { type MemorySample, residentBytesOf, slopeOf } from '../bench/scale/memory-slope.ts'
import { withRandomId } from '../bench/scale/random-ids.ts'
import { runOwnSink } from '../bench/sink/own-sink.ts'
import { publishSinkLoad } from '../bench/sink/sink-load.ts'
import { steadyEvents } from '../bench/steady-events.ts'
import { thisMachine } from '../bench/this-machine.ts'
import type { CommandContext } from '../context.ts'

export interface BenchScaleOptions {
  readonly events: number
  /** Sink-workers of each run, and as many partitions. */
  readonly workers: readonly number[]
  readonly minutes: number
  readonly rate: number
}

const units = 185
const sampleEveryMs = 10_000

/** What more workers and partitions bring, what a worker's memory does over time, and what an event takes on disk. */
export async function benchScale(context: CommandContext, options: BenchScaleOptions): Promise<void> {
  const runs = []
  for (const workers of options.events === 0 ? [] : options.workers) runs.push(await runWith(context, options, workers))
  const memory = options.minutes === 0 ? undefined : await watchMemory(context, options)
  const machine = thisMachine()
  const goals = { megabytesAMinute: 1, bytesBesideIdentity: 30 }
  const result = { machine, goals, runs, memory }
  for (const { workers, eventsPerSecond, disk } of runs)
    context.say(
      `${workers} workers and partitions: ${eventsPerSecond} events a second; on disk ${disk.identity.toFixed(1)} bytes of identity, ${disk.allElse.toFixed(1)} of all else`,
    )
  for (const { service, megabytesAMinute, peakBytes } of memory?.services ?? [])
    context.say(`${service}: ${megabytesAMinute.toFixed(2)} MB a minute, at most ${Math.round(peakBytes / 1e6)} MB`)
  context.answer(result)
}

async function runWith(context: CommandContext, { events: messages }: BenchScaleOptions, workers: number) {
  const runs: (Awaited<ReturnType<typeof runOwnSink>> & {
    readonly workers: number
    readonly eventsPerSecond: number
    readonly disk: Awaited<ReturnType<typeof diskBytesOf>>
    readonly insertedParts: number
    readonly load: readonly number[]
  })[] = []
  await withBenchCity(
    context,
    { name: 'scale', partitions: workers },
    async ({ servers, topicPrefix, client, env, logDir }) => {
      const load = await publishSinkLoad(servers, { topicPrefix, messages, changed: withRandomId }, context)
      const step = context.progress.step(`${workers} sink-workers`, load.events)
      const timed = await runOwnSink(
        client,
        {
          workers,
          events: load.events,
          env,
          logDir: join(logDir, String(workers)),
          onProgress: (rows) => step.update(Math.min(rows, load.events), `${rows} rows`),
        },
        context,
      )
      step.done()
      const insertedParts = await insertedPartsOf(client, 'event_store')
      const disk = await diskBytesOf(client, load.events)
      const eventsPerSecond = Math.round(load.messages / (timed.seconds - timed.joinSeconds))
      runs.push({ workers, ...timed, eventsPerSecond, insertedParts, disk, load: loadavg() })
    },
  )
  const [run] = runs
  if (run === undefined) throw new Error('the run gave nothing')
  return run
}

async function watchMemory(context: CommandContext, { minutes, rate }: BenchScaleOptions) {
  let watched: object | undefined
  const services: { service: string; megabytesAMinute: number; peakBytes: number; samples: readonly MemorySample[] }[] =
    []
  await withBenchCity(context, { name: 'memory' }, async (city) => {
    const steady = steadyEvents({ probeWeek: addDays(lastClosedWeek(city.servers.zone, Date.now()), -7 * 7), units })
    const messages = await createMessagePublisher(city.servers.kafka)
    const publisher = createEventPublisher(messages, { topicPrefix: city.topicPrefix })
    const samples = new Map<string, MemorySample[]>()
    const over = new AbortController()
    try {
      const processes = [await city.start('sink-worker'), await city.start('score-worker')]
      await publisher.publish(steady.directory())
      const step = context.progress.step(`${rate} events a second for ${minutes} minutes`, minutes)
      const startMs = performance.now()
      const sampling = (async () => {
        while (!over.signal.aborted) {
          const at = (performance.now() - startMs) / 60_000
          for (const { name, pid } of processes) {
            const bytes = residentBytesOf(pid)
            if (bytes !== undefined) samples.set(name, [...(samples.get(name) ?? []), { minutes: at, bytes }])
          }
          step.update(Math.floor(at), `${Math.floor(at)} minutes`)
          await wait(sampleEveryMs, undefined, { signal: over.signal }).catch(() => undefined)
        }
      })()
      const load = { eventsPerSecond: rate, warmUpSeconds: 0, measuredSeconds: minutes * 60, probes: 0 }
      const { published, eventsPerSecond } = await publishSteadily(steady, load, {
        publishers: [publisher],
        from: 0,
        probesBefore: 0,
        acknowledged: () => undefined,
        signal: context.signal,
      }).finally(() => over.abort())
      await sampling
      step.done()
      for (const [service, list] of samples)
        services.push({
          service,
          megabytesAMinute: slopeOf(list, (minutes * 2) / 3),
          peakBytes: Math.max(...list.map(({ bytes }) => bytes)),
          samples: list,
        })
      const insertedParts = await insertedPartsOf(city.client, 'event_store')
      watched = { minutes, published, eventsPerSecond, partsPerMinute: insertedParts / minutes, load: loadavg() }
    } finally {
      await messages.close()
    }
  })
  return { ...watched, services }
}
