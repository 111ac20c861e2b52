import { setTimeout as wait } from 'node:timers/promises'
import { eventTopics } from '@bina/events/topics'
import { pipelineStages } from '@bina/pipeline/stages'
import { createRandom, wholeBelow } from '@bina/simulator/random'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProcessCity, type ServiceName, serviceNames, shutdownTimeoutMs } from '../harness/process-city.ts'
import { committedBy } from './committed-by.ts'
import { itKeepsItsPromises, type Loaded } from './it-keeps-its-promises.ts'
import { createSay, type LoadedCityConfig, settled, startLoadedCity, withSeed } from './loaded-city.ts'
import { reportsEnded, ringForReports } from './ring-for-reports.ts'
import { faultWindows } from './windows.ts'

interface Stopped {
  readonly service: ServiceName
  readonly code: number | null
  readonly ms: number
}

const atOnceMs = 1_000

/** SIGTERM to each service under load, once and twice, and what became of what it was working on. */
export function describeStops(
  config: Omit<LoadedCityConfig, 'services'> & { readonly rounds: number },
  options: { readonly timeoutMs: number },
): void {
  const { seed } = config
  describe(`services that are told to stop under load, seed ${seed}`, () => {
    let loaded: Loaded
    const drained: Stopped[] = []
    const forced: (Stopped & { readonly wasStopping: boolean })[] = []
    /** Offsets that a sink-worker had stored and not committed when it had ended, by round. */
    const leftUncommitted: number[] = []

    beforeAll(async () => {
      console.log(`FAULTS_SEED=${seed}`)
      const say = createSay(seed)
      const random = createRandom(seed, 'stops')
      let city: ProcessCity | undefined
      await withSeed(
        seed,
        () => city,
        async () => {
          const started = await startLoadedCity({ ...config, services: serviceNames })
          loaded = started
          city = started.city
          let rung = 0
          for (let round = 0; round < config.rounds; round++) {
            for (const service of serviceNames) {
              await Promise.race([wait(1_000 + wholeBelow(random, 2_000)), loaded.load.failed])
              if (service === 'report-cron') await ringForReports(city, started.today, rung++)
              const one = await drain(city, service)
              drained.push(one)
              if (service === 'sink-worker') leftUncommitted.push(await storedAndUncommitted(city))
              await city.start(service)
              say(`${service} drained in ${Math.round(one.ms)} ms, exit ${one.code}`)

              if (service === 'report-cron') await ringForReports(city, started.today, rung++)
              const two = await force(city, service)
              forced.push(two)
              await city.start(service)
              say(`${service} ended ${Math.round(two.ms)} ms after the second signal, exit ${two.code}`)
            }
          }
          await loaded.load.stop()
          await settled(city, 600_000)
          await reportsEnded(city, rung)
        },
      )
    }, options.timeoutMs)

    afterAll(() => loaded?.city.stop())

    it('end with 0 within their budget when they are told once', () => {
      expect(drained).toHaveLength(config.rounds * serviceNames.length)
      expect(drained.filter(({ code, ms }) => code !== 0 || ms > shutdownTimeoutMs)).toEqual([])
    })

    it('leave nothing behind that is stored and not committed', () => {
      expect(leftUncommitted).toEqual(Array.from({ length: config.rounds }, () => 0))
    })

    it('end at once with 1 when they are told again while they work', () => {
      expect(forced).toHaveLength(config.rounds * serviceNames.length)
      expect(forced.filter(({ wasStopping, code, ms }) => !wasStopping || code !== 1 || ms > atOnceMs)).toEqual([])
    })

    it('did not end otherwise', () => {
      expect(loaded.city.unasked).toEqual([])
    })

    itKeepsItsPromises(() => loaded, options)
  })
}

async function drain(city: ProcessCity, service: ServiceName): Promise<Stopped> {
  const stopping = city.process(service)
  city.expectEnd(stopping)
  const askedMs = performance.now()
  const code = await stopping.stop()
  return { service, code, ms: performance.now() - askedMs }
}

/** The work that it would finish before it ends is held back, so that it cannot. */
async function force(city: ProcessCity, service: ServiceName) {
  const stopping = city.process(service)
  const window = faultWindows.find(
    ({ target, name }) => target === service && name !== 'between the acknowledgement and the answer',
  )
  if (window === undefined) throw new Error(`nothing holds ${service}`)
  const hold = window.arm(city)
  await hold.caught
  city.expectEnd(stopping)
  stopping.signal('SIGTERM')
  await until(() => stopping.output().includes('"msg":"stopping"'), { withinMs: 10_000, what: `${service} that stops` })
  const isOver = await Promise.race([stopping.exited.then(() => true), wait(300, false)])
  const askedMs = performance.now()
  stopping.signal('SIGTERM')
  const { code } = await stopping.exited
  const ms = performance.now() - askedMs
  hold.release()
  return { service, code, ms, wasStopping: !isOver }
}

/** Messages that are in ClickHouse and were not committed by the sink. */
async function storedAndUncommitted(city: ProcessCity): Promise<number> {
  const [sink] = pipelineStages(city.topicPrefix)
  const committed = await committedBy(city, sink)
  const rows = await city.rows<{ topic: string; partition: number; next: number }>(
    'SELECT topic, partition, max(offset) + 1 AS next FROM ingest_offset GROUP BY topic, partition',
  )
  const names = new Set<string>(eventTopics.map(({ name }) => name))
  return rows
    .filter(({ topic }) => names.has(topic))
    .reduce(
      (sum, { topic, partition, next }) =>
        sum + Math.max(0, next - (committed.get(`${city.topicPrefix}${topic}/${partition}`) ?? 0)),
      0,
    )
}
