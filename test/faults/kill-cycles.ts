import { setTimeout as wait } from 'node:timers/promises'
import { addDays } from '@bina/domain/plain-date'
import { caughtUp } from '@bina/kafka/caught-up'
import { pipelineStages } from '@bina/pipeline/stages'
import { createRandom, uniform, wholeBelow } from '@bina/simulator/random'
import { until } from '@bina/testkit/until'
import { type Load, publishFirst, startLoad } from '../harness/acknowledged-load.ts'
import { createLoadCity } from '../harness/load-events.ts'
import {
  type Death,
  type ProcessCity,
  type ServerName,
  type ServiceName,
  serverNames,
  serviceNames,
  startProcessCity,
} from '../harness/process-city.ts'
import { type FaultWindow, faultWindows } from './windows.ts'

export type Target = ServiceName | ServerName

export interface KillConfig {
  readonly seed: string
  /** How often each is killed. */
  readonly kills: Readonly<Record<Target, number>>
  readonly kafkaPerSecond: number
  readonly httpPerSecond: number
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

export interface KillRun {
  readonly city: ProcessCity
  readonly load: Load
  readonly killed: readonly Killed[]
  readonly acknowledgedPerSecond: number
  readonly seconds: number
  readonly weeksRung: readonly string[]
  readonly loadCity: ReturnType<typeof createLoadCity>
}

const windowWithinMs = 60_000
const atRandom = 'at random'

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
  const { seed } = config
  const begunMs = performance.now()
  const say = (words: string) =>
    console.log(`faults ${seed}, ${Math.round((performance.now() - begunMs) / 1_000)} s: ${words}`)
  const today = new Date().toISOString().slice(0, 10)
  const loadCity = createLoadCity(today)
  const city = await startProcessCity({ services: serviceNames })
  say('every process runs')
  try {
    await publishFirst(city.kafka, city.topicPrefix, loadCity.directory)
    await settled(city, 120_000)
    say('the directory is known')
    const { topicPrefix, log, doorUrl, accessKey } = city
    const brokers = [`127.0.0.1:${city.gates.kafka.port}`]
    const { kafkaPerSecond, httpPerSecond } = config
    const load = await startLoad(
      { ...{ brokers, topicPrefix, doorUrl, accessKey, seed }, ...{ kafkaPerSecond, httpPerSecond } },
      { city: loadCity, log },
    )
    const startedMs = performance.now()
    const random = createRandom(seed, 'moments')
    const killed: Killed[] = []
    const weeksRung: string[] = []
    let downMs = 0
    let since = { ms: startedMs, acknowledged: 0 }
    const plan = killSchedule(seed, config.kills)
    for (const [at, window] of plan.entries()) {
      const { target, name } = window
      // Each kill comes upon a city that has done some work since the last, also where the moment is not chosen.
      await Promise.race([wait(1_500 + wholeBelow(random, 1_500)), load.failed])
      if (target === 'report-cron') weeksRung.push(await ring(city, today, weeksRung.length))
      const hold = 'arm' in window ? window.arm(city) : undefined
      let mailInFlight: string | undefined
      if (hold === undefined) await wait(wholeBelow(random, 1_500))
      else {
        const piece = await within(hold.caught, windowWithinMs, `${target}, ${name} (kill ${at + 1})`, city)
        if (target === 'report-cron') mailInFlight = await mailOf(city, piece.bytes.toString())
      }
      const acknowledged = load.acknowledged
      const perSecond = ((acknowledged - since.acknowledged) / (performance.now() - since.ms)) * 1_000
      const killedMs = performance.now()
      const death = await city.kill(target)
      hold?.release()
      const newPid = await city.start(target)
      if (target === 'broker') {
        // It is up for a producer when it has told it so.
        await until(() => load.acknowledged > acknowledged, {
          withinMs: 60_000,
          what: 'an acknowledgement after the broker came back',
        })
        downMs += performance.now() - killedMs
      }
      since = { ms: performance.now(), acknowledged: load.acknowledged }
      killed.push({
        ...{ target, window: name, death, newPid, acknowledgedPerSecond: perSecond },
        ...(mailInFlight === undefined ? {} : { mailInFlight }),
      })
      say(
        `${at + 1}/${plan.length} ${target} ${name}: ${death.signal}, pid ${death.pid} -> ${newPid}, ${Math.round(perSecond)} acknowledged a second`,
      )
    }
    await Promise.race([wait(2_000), load.failed])
    const seconds = (performance.now() - startedMs) / 1_000
    const acknowledgedPerSecond = load.acknowledged / (seconds - downMs / 1_000)
    await load.stop()
    say(
      `${load.acknowledged} acknowledged of ${load.begun} in ${Math.round(seconds)} s, broker away for ${Math.round(downMs / 1_000)} s: ${Math.round(acknowledgedPerSecond)} a second; ${load.retries} sends made once more; ClickHouse aborted ${city.revivals.length} times`,
    )
    await settled(city, 900_000)
    await runsEnded(city, weeksRung.length)
    say(`settled after ${Math.round((performance.now() - startedMs) / 1_000 - seconds)} s`)
    return { city, load, killed, acknowledgedPerSecond, seconds, weeksRung, loadCity }
  } catch (error) {
    console.error(`faults ${seed}: failed; the same schedule comes with FAULTS_SEED=${seed}`, city.unasked.join('\n'))
    await city.stop()
    throw error
  }
}

/** Everything that is in Kafka is stored, folded and judged. */
export async function settled(city: ProcessCity, timeoutMs: number): Promise<void> {
  const behind = await caughtUp(city.kafka, pipelineStages(city.topicPrefix), { timeoutMs })
  if (behind !== undefined) throw new Error(`${behind}\n${city.unasked.join('\n')}`)
}

/** Rings for the reports of one more week that has ended, the latest first. */
async function ring(city: ProcessCity, today: string, rung: number): Promise<string> {
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
  const week = addDays(monday, -7 * (rung + 2))
  const producer = city.kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const topic = `${city.topicPrefix}bina.report-due.v1`
  await producer.send({ topic, acks: -1, messages: [{ key: week, value: JSON.stringify({ week }) }] })
  await producer.disconnect()
  return week
}

async function runsEnded(city: ProcessCity, weeks: number): Promise<void> {
  const ended = async () => {
    const [row] = await city.rows<{ runs: number }>(`SELECT count() AS runs FROM report_run WHERE state = 'finished'`)
    return row?.runs === weeks
  }
  await until(ended, { withinMs: 180_000, what: `the end of ${weeks} report runs`, everyMs: 500 })
}

async function mailOf(city: ProcessCity, answer: string): Promise<string | undefined> {
  const file = /kept as (\S+)/.exec(answer)?.[1]
  return (await city.smtp.mails()).find(({ emlFile }) => emlFile === file)?.messageId
}

async function within<T>(work: Promise<T>, ms: number, what: string, city: ProcessCity): Promise<T> {
  const patience = new AbortController()
  const late = wait(ms, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`the moment did not come within ${ms / 1_000} s: ${what}\n${city.unasked.join('\n')}`)
  })
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    patience.abort()
  }
}
