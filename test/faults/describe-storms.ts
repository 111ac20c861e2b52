import { setTimeout as wait } from 'node:timers/promises'
import { pipelineStages } from '@bina/pipeline/stages'
import { createRandom, pick, wholeBelow } from '@bina/simulator/random'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnProcess } from '../harness/own-process.ts'
import type { ProcessCity } from '../harness/process-city.ts'
import { committedBy, sumOf } from './committed-by.ts'
import { itKeepsItsPromises, type Loaded } from './it-keeps-its-promises.ts'
import { createSay, type LoadedCityConfig, settled, startLoadedCity, withSeed } from './loaded-city.ts'
import { faultWindows } from './windows.ts'

const workers = ['sink-worker', 'score-worker'] as const
type Worker = (typeof workers)[number]
const mostOfEach = 3

interface LateInsert {
  readonly worker: Worker
  /** Messages that the group had committed when the member fell asleep, and when it was woken. */
  readonly committedThen: number
  readonly committedWhenWoken: number
  /** What ClickHouse answered to the insert that came late. */
  readonly answer: string
  readonly isAlive: boolean
}

/** Workers join and leave in quick succession under load; then one falls asleep over an insert, loses its place, wakes and inserts late. */
export function describeStorms(
  config: Omit<LoadedCityConfig, 'services'> & {
    /** How often a worker joins or leaves. */
    readonly moves: number
  },
  options: { readonly timeoutMs: number },
): void {
  const { seed } = config
  describe(`groups that form anew every few seconds, seed ${seed}`, () => {
    let loaded: Loaded
    const joined: Record<Worker, number> = { 'sink-worker': 0, 'score-worker': 0 }
    const left = { stopped: 0, killed: 0 }
    const endedBadly: string[] = []
    const late: LateInsert[] = []

    beforeAll(async () => {
      console.log(`FAULTS_SEED=${seed}`)
      const say = createSay(seed)
      const random = createRandom(seed, 'storm')
      let city: ProcessCity | undefined
      await withSeed(
        seed,
        () => city,
        async () => {
          loaded = await startLoadedCity({ ...config, services: [...workers, 'ingest-api'] })
          city = loaded.city
          // How soon a stop is over on a machine with nothing to spare is asked by what tells services to stop; here those who come and go have
          // twice that time, and a place in the group for longer than that.
          const unhurried = {
            ...{ SHUTDOWN_TIMEOUT_MS: '14000' },
            ...{ SINK_SESSION_TIMEOUT_MS: '15000', SCORE_SESSION_TIMEOUT_MS: '15000' },
          }
          // The first of each stays outside the storm, and is what falls asleep later.
          const members: { readonly worker: Worker; readonly process: OwnProcess }[] = []
          const leave = async (at: number) => {
            const [member] = members.splice(at, 1)
            if (member === undefined || city === undefined) return
            city.expectEnd(member.process)
            if (isKilled(left, wholeBelow(random, 2) === 0)) {
              left.killed++
              await member.process.kill()
            } else {
              left.stopped++
              const toldAtMs = performance.now()
              const code = await member.process.stop()
              say(`a ${member.worker} left within ${Math.round(performance.now() - toldAtMs)} ms`)
              if (code !== 0) {
                endedBadly.push(`${member.worker} ended with ${code}:\n${member.process.output().slice(-4_000)}`)
              }
            }
          }
          for (let move = 0; move < config.moves; move++) {
            // One of each first, then as it is drawn.
            const worker = workers[move] ?? pick(random, workers)
            const ofIt = members.filter((member) => member.worker === worker).length
            if (
              move < workers.length ||
              (ofIt < mostOfEach - 1 && (members.length === 0 || wholeBelow(random, 3) > 0))
            ) {
              members.push({ worker, process: await city.startService(worker, unhurried) })
              joined[worker]++
            } else await leave(wholeBelow(random, members.length))
            await Promise.race([wait(1_000 + wholeBelow(random, 2_000)), loaded.load.failed])
          }
          say(
            `${joined['sink-worker']} sink-workers and ${joined['score-worker']} score-workers joined, ${left.stopped} left, ${left.killed} were killed`,
          )
          while (members.length > 0) await leave(0)
          for (const worker of workers) late.push(await fallAsleepOverAnInsert(city, worker))
          say(`late inserts: ${JSON.stringify(late)}`)
          await loaded.load.stop()
          await settled(city, 600_000)
        },
      )
    }, options.timeoutMs)

    afterAll(() => loaded?.city.stop())

    it('saw members come and go, and those that were told to go ended well', () => {
      for (const worker of workers) expect(joined[worker]).toBeGreaterThan(0)
      expect(left.stopped).toBeGreaterThan(0)
      expect(left.killed).toBeGreaterThan(0)
      expect(endedBadly).toEqual([])
    })

    it('went on without the member that slept, and let it insert late when it woke', () => {
      expect(late.map(({ worker }) => worker)).toEqual(workers)
      for (const { committedThen, committedWhenWoken, answer, isAlive } of late) {
        expect(committedWhenWoken).toBeGreaterThan(committedThen)
        expect(answer).toMatch(/^HTTP\/1\.1 200 /)
        expect(isAlive).toBe(true)
      }
    })

    it('lost no process that nobody ended', () => {
      expect(loaded.city.unasked).toEqual([])
    })

    itKeepsItsPromises(() => loaded, options)
  })
}

/** As it is drawn, but that of the first two to leave one is killed and one is told to go, whatever the seed: at least two leave, as one of
 *  each worker joins. */
const isKilled = (left: { readonly stopped: number; readonly killed: number }, drawn: boolean): boolean =>
  left.stopped + left.killed === 1 ? left.killed === 0 : drawn

/** SIGSTOP while its insert is on the wire; another takes its place and goes on; SIGCONT, and the insert arrives. */
async function fallAsleepOverAnInsert(city: ProcessCity, worker: Worker): Promise<LateInsert> {
  const window = faultWindows.find(({ target, name }) => target === worker && name === 'between fetch and insert')
  if (window === undefined) throw new Error(`nothing holds ${worker}`)
  const [sink, , fold] = pipelineStages(city.topicPrefix)
  const stage = worker === 'sink-worker' ? sink : fold
  const committed = async () => sumOf(await committedBy(city, stage))
  const sleeper = city.process(worker)
  const hold = window.arm(city)
  const insert = await hold.caught
  sleeper.signal('SIGSTOP')
  const committedThen = await committed()
  const other = await city.startService(worker)
  // It got the sleeper's partitions only when the sleeper's session was over.
  await until(async () => (await committed()) > committedThen + 500, {
    ...{ withinMs: 90_000, what: `progress without the ${worker} that sleeps`, everyMs: 250 },
  })
  const committedWhenWoken = await committed()
  const answered = city.gates.clickhouse.holdNext(
    ({ way, connection }) => way === 'down' && connection === insert.connection,
  )
  hold.release()
  sleeper.signal('SIGCONT')
  const tooLate = new AbortController()
  const unanswered = wait(30_000, undefined, { signal: tooLate.signal }).then(() => {
    // It waits for an answer for less than a minute, asleep or not: then there is no late insert to be seen.
    throw new Error(`the ${worker} that slept inserted nothing when it woke:\n${sleeper.output().slice(-2_000)}`)
  })
  unanswered.catch(() => undefined)
  const answer =
    (await Promise.race([answered.caught, unanswered]).finally(() => tooLate.abort())).bytes
      .toString('latin1', 0, 60)
      .split('\r\n')[0] ?? ''
  answered.release()
  // It finds that it has no place any more, and takes one again.
  await until(async () => (await membersOf(city, stage.groupId)) === 2, {
    ...{ withinMs: 60_000, what: `a ${worker} that joins again`, everyMs: 250 },
  })
  const isAlive = await Promise.race([sleeper.exited.then(() => false), wait(1_000, true)])
  city.expectEnd(other)
  await other.stop()
  return { worker, committedThen, committedWhenWoken, answer, isAlive }
}

async function membersOf({ kafka }: ProcessCity, groupId: string): Promise<number> {
  const admin = kafka.admin()
  await admin.connect()
  const { groups: described } = await admin.describeGroups([groupId])
  await admin.disconnect()
  return described[0]?.members.length ?? 0
}
