import { setTimeout as wait } from 'node:timers/promises'
import { createRandom, uniform, wholeBelow } from '@bina/simulator/random'
import { until } from '@bina/testkit/until'
import type { Load } from '../harness/acknowledged-load.ts'
import {
  type Death,
  type ProcessCity,
  type ServerName,
  type ServiceName,
  serverNames,
  serviceNames,
} from '../harness/process-city.ts'
import type { Loaded } from './it-keeps-its-promises.ts'
import { createSay, settled, startLoadedCity, withSeed } from './loaded-city.ts'
import { reportsEnded, ringForReports } from './ring-for-reports.ts'
import { type FaultWindow, faultWindows } from './windows.ts'

export type Target = ServiceName | ServerName

export interface KillConfig {
  readonly seed: string
  /** How often each is killed. */
  readonly kills: Readonly<Record<Target, number>>
  readonly kafkaPerSecond: number
  readonly httpPerSecond: number
  /** Nothing is killed before so many are acknowledged in a second, since the kill before and its recovery. */
  readonly leastPerSecond: number
}

export interface Killed {
  readonly target: Target
  /** `at random`, or the window in which it died. */
  readonly window: string
  readonly death: Death
  readonly newPid: number
  /** Events acknowledged in each second of the time in which the broker was up since the kill before. */
  readonly acknowledgedPerSecond: number
  /** Message-ID of the mail that had been taken and was not known to be. */
  readonly mailInFlight?: string
}

export interface KillRun extends Loaded {
  readonly killed: readonly Killed[]
  readonly acknowledgedPerSecond: number
  readonly seconds: number
  readonly weeksRung: readonly string[]
}

const windowWithinMs = 60_000
const atRandom = 'at random'
/** So that it is still so many when the moment has come. */
const surely = 1.05

/** What is killed when, from the seed alone: every named window of a target comes before one comes twice, a third is at random. */
export function killSchedule(
  seed: string,
  kills: KillConfig['kills'],
): readonly (FaultWindow | { readonly target: Target; readonly name: string })[] {
  const random = createRandom(seed, 'schedule')
  const plan = [...serviceNames, ...serverNames].flatMap((target) => {
    const windows = inAnyOrder(
      faultWindows.filter((window) => window.target === target),
      random,
    )
    const randomOnes = Math.min(Math.floor(kills[target] / 3), Math.max(0, kills[target] - windows.length))
    return Array.from({ length: kills[target] }, (_, at) =>
      at < kills[target] - randomOnes
        ? (windows[at % windows.length] ?? { target, name: atRandom })
        : { target, name: atRandom },
    )
  })
  return inAnyOrder(plan, random)
}

function inAnyOrder<T>(items: readonly T[], random: ReturnType<typeof createRandom>): readonly T[] {
  return items
    .map((item) => ({ item, place: uniform(random) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

/** Kills by the schedule while events are acknowledged, then lets the city come to rest. The caller stops the city. */
export async function runKillCycles(config: KillConfig): Promise<KillRun> {
  const { seed, kafkaPerSecond, httpPerSecond } = config
  const say = createSay(seed)
  let running: ProcessCity | undefined
  return withSeed(
    seed,
    () => running,
    async () => {
      const loaded = await startLoadedCity({ seed, services: serviceNames, kafkaPerSecond, httpPerSecond })
      const { city, load, today } = loaded
      running = city
      say('events are acknowledged')
      const startedMs = performance.now()
      const random = createRandom(seed, 'moments')
      const killed: Killed[] = []
      const weeksRung: string[] = []
      let downMs = 0
      let since = { ms: startedMs, acknowledged: load.acknowledged }
      const plan = killSchedule(seed, config.kills)
      for (const [at, window] of plan.entries()) {
        const { target, name } = window
        // Each kill comes upon a city that has done some work since the last, also where the moment is not chosen.
        await Promise.race([wait(1_500 + wholeBelow(random, 1_500)), load.failed])
        const isLoaded = () => perSecondSince(load, since) >= config.leastPerSecond
        const what = `${target}, ${name} (kill ${at + 1})`
        let hold: ReturnType<FaultWindow['arm']> | undefined
        let mailInFlight: string | undefined
        do {
          // A moment that came while too little was acknowledged is let pass, and the next is waited for.
          hold?.release()
          await enoughAcknowledged(load, () => perSecondSince(load, since), config.leastPerSecond * surely)
          if (target === 'report-cron') weeksRung.push(await ringForReports(city, today, weeksRung.length))
          hold = 'arm' in window ? window.arm(city) : undefined
          if (hold === undefined) await wait(wholeBelow(random, 1_500))
          else {
            const piece = await within(hold.caught, windowWithinMs, what, () => saidBy(city, target))
            if (target === 'report-cron') mailInFlight = await mailOf(city, piece.bytes.toString())
          }
        } while (!isLoaded())
        const acknowledged = load.acknowledged
        const perSecond = perSecondSince(load, since)
        const killedMs = performance.now()
        const death = await city.kill(target)
        hold?.release()
        const newPid = await city.start(target)
        if (target === 'broker') {
          // It is up for a producer when it has told it so.
          const what = 'an acknowledgement after the broker came back'
          await until(() => load.acknowledged > acknowledged, { withinMs: 60_000, what })
          downMs += performance.now() - killedMs
        }
        since = { ms: performance.now(), acknowledged: load.acknowledged }
        killed.push({
          ...{ target, window: name, death, newPid, acknowledgedPerSecond: perSecond },
          ...(mailInFlight === undefined ? {} : { mailInFlight }),
        })
        const rate = `${Math.round(perSecond)} acknowledged a second`
        say(`${at + 1}/${plan.length} ${target} ${name}: ${death.signal}, pid ${death.pid} -> ${newPid}, ${rate}`)
      }
      await Promise.race([wait(2_000), load.failed])
      const seconds = (performance.now() - startedMs) / 1_000
      const acknowledgedPerSecond = load.acknowledged / (seconds - downMs / 1_000)
      await load.stop()
      say(
        `${load.acknowledged} acknowledged of ${load.begun} in ${Math.round(seconds)} s, broker away for ${Math.round(downMs / 1_000)} s: ${Math.round(acknowledgedPerSecond)} a second; ${load.retries} sends made once more; ClickHouse aborted by itself ${city.revivals.length} times`,
      )
      await settled(city, 900_000)
      await reportsEnded(city, weeksRung.length)
      say('everything is stored, folded and judged, and the reports are out')
      return { ...loaded, killed, acknowledgedPerSecond, seconds, weeksRung }
    },
  )
}

async function enoughAcknowledged(load: Load, perSecond: () => number, least: number): Promise<void> {
  const what = `${Math.round(least)} acknowledged events a second`
  await until(() => perSecond() >= least, { withinMs: 120_000, what }).catch((error: Error) => {
    const found = `${Math.round(perSecond())} a second, ${JSON.stringify([...load.reasons])}`
    throw new Error(`${error.message}: there were ${found}`)
  })
}

const perSecondSince = (load: Load, since: { readonly ms: number; readonly acknowledged: number }) =>
  ((load.acknowledged - since.acknowledged) / (performance.now() - since.ms)) * 1_000

async function mailOf(city: ProcessCity, answer: string): Promise<string | undefined> {
  const file = /kept as (\S+)/.exec(answer)?.[1]
  return (await city.smtp.mails()).find(({ emlFile }) => emlFile === file)?.messageId
}

/** What ended unasked, and what the service itself has said. */
const saidBy = (city: ProcessCity, target: Target) => {
  const said = target === 'clickhouse' || target === 'broker' ? '' : city.process(target).output().slice(-20_000)
  return [...city.unasked, said].join('\n')
}

async function within<T>(work: Promise<T>, ms: number, what: string, said: () => string): Promise<T> {
  const patience = new AbortController()
  const late = wait(ms, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`the moment did not come within ${ms / 1_000} s: ${what}\n${said()}`)
  })
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    patience.abort()
  }
}
