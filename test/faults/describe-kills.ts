import { inForce } from '@bina/domain/dated'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareTable } from '../harness/compare-tables.ts'
import { zone } from '../harness/process-city.ts'
import { calculateTables, type OracleTables } from '../oracle/oracle.ts'
import { balanceOf, type KeptPromises, keptPromises } from './kept-promises.ts'
import { type KillConfig, type KillRun, runKillCycles, type Target } from './kill-cycles.ts'
import { faultWindows } from './windows.ts'

const tables = [
  'complaint',
  'person_day',
  'unit_day',
  'unit_week_measure',
  'unit_week_score',
  'unit_week_duration',
] as const

/** Kills as the schedule says while producers note what they are told, and holds the city to it. */
export function describeKills(
  config: KillConfig & { readonly leastPerSecond: number },
  options: { readonly timeoutMs: number },
): void {
  const total = Object.values(config.kills).reduce((sum, times) => sum + times, 0)
  describe(`a city that is killed ${total} times under load, seed ${config.seed}`, () => {
    let run: KillRun
    let promises: KeptPromises
    let oracle: OracleTables

    beforeAll(async () => {
      console.log(`FAULTS_SEED=${config.seed}`)
      run = await runKillCycles(config)
      promises = await keptPromises(run.city, run.load, run.loadCity)
      oracle = calculateTables(whatIsTrue(run, promises))
    }, options.timeoutMs)

    afterAll(() => run?.city.stop())

    it('lost each process as often as planned, by SIGKILL, and has a new one in its place', () => {
      for (const [target, times] of Object.entries(config.kills) as [Target, number][]) {
        const deaths = run.killed.filter((kill) => kill.target === target)
        expect(deaths).toHaveLength(times)
        expect(deaths.map(({ death }) => death.signal)).toEqual(deaths.map(() => 'SIGKILL'))
        // Each new one is what is killed next.
        const pids = [...deaths.map(({ death }) => death.pid), deaths.at(-1)?.newPid]
        expect(new Set(pids).size).toBe(times + 1)
        const windows = new Set(deaths.map(({ window }) => window))
        const named = faultWindows.filter((window) => window.target === target).map(({ name }) => name)
        expect(named.filter((name) => windows.has(name))).toHaveLength(Math.min(named.length, times))
      }
    })

    it('lost nothing else: no process ended that nobody killed', () => {
      expect(run.city.unasked).toEqual([])
    })

    it(`acknowledged at least ${config.leastPerSecond} events a second while its broker was up`, () => {
      expect(run.acknowledgedPerSecond).toBeGreaterThanOrEqual(config.leastPerSecond)
      const slow = run.killed.filter(({ acknowledgedPerSecond }) => acknowledgedPerSecond < config.leastPerSecond)
      expect(
        slow.map(({ target, window, acknowledgedPerSecond }) => ({ target, window, acknowledgedPerSecond })),
      ).toEqual([])
    })

    it('has every acknowledged event once with its content, and no other more than once', () => {
      expect(run.load.retries).toBeGreaterThan(0)
      expect(promises.broken).toEqual([])
      expect(promises.stored).toBe(run.load.acknowledged + promises.unacknowledged.length)
    })

    it('knows of every message what became of it', async () => {
      const { inKafka, received, stored, duplicates, deadLettered, missing } = await balanceOf(run.city)
      expect(missing).toBe(0)
      expect(received).toBe(inKafka)
      expect(stored).toBe(promises.stored + run.loadCity.directory.length)
      expect(Number(stored) + Number(duplicates) + Number(deadLettered)).toBe(received)
      const letters = await run.city.rows<{ bytes: string; reason: string }>(
        'SELECT DISTINCT bytes, reason FROM dead_letter',
      )
      expect(new Set(letters.map(({ reason }) => reason))).toEqual(new Set(['not_json']))
      const setAside = new Set(letters.map(({ bytes }) => bytes))
      expect(run.load.nonsense.filter((words) => !setAside.has(words))).toEqual([])
      expect(run.load.nonsense.length).toBeGreaterThan(0)
    })

    for (const table of tables) {
      it(`has every column of ${table} as a separate calculation over what was acknowledged has it`, async () => {
        const { rows, differences } = await compareTable(run.city, oracle, table)
        expect(differences.slice(0, 10)).toEqual([])
        expect(rows).toBe(oracle[table].length)
        expect(rows).toBeGreaterThan(0)
      })
    }

    it('mailed every report, and none again but the one that was on its way at a kill, under its own Message-ID', async () => {
      const mails = await run.city.smtp.mails()
      const told = new Map<string, string[]>()
      for (const { messageId = '', recipients } of mails)
        told.set(messageId, [...(told.get(messageId) ?? []), ...recipients])
      expect(told.size).toBe(run.weeksRung.length * run.loadCity.addresses.length)
      for (const recipients of told.values()) expect(new Set(recipients).size).toBe(1)
      const inFlight = run.killed.flatMap(({ mailInFlight }) => mailInFlight ?? [])
      const repeated = [...told].filter(([, recipients]) => recipients.length > 1).map(([messageId]) => messageId)
      // A kill at random may have hit a mail on its way, too.
      const atRandom = run.killed.filter(
        ({ target, mailInFlight }) => target === 'report-cron' && mailInFlight === undefined,
      )
      expect(inFlight.filter((messageId) => !repeated.includes(messageId))).toEqual([])
      expect(repeated.filter((messageId) => !inFlight.includes(messageId)).length).toBeLessThanOrEqual(atRandom.length)
      expect(mails.length).toBeLessThanOrEqual(told.size + inFlight.length + atRandom.length)
    })
  })
}

/** What was sent and is there: all that was acknowledged, and what got in without an answer. */
function whatIsTrue({ load, loadCity, city }: KillRun, { unacknowledged }: KeptPromises) {
  const unheard = new Set(unacknowledged)
  const numbers = Array.from({ length: load.begun }, (_, n) => n).filter(
    (n) => load.isAcknowledged(n) || unheard.has(n),
  )
  const nowMs = Date.now()
  return {
    events: [...loadCity.directory, ...numbers.map(loadCity.event)].map((event, offset) => ({
      ...event,
      occurredAtMs: Date.parse(event.time),
      supersedes: null,
      position: { recordMs: nowMs, topic: 't', partition: 0, offset },
    })),
    nowMs,
    zone,
    policyVersion: city.policy.version,
    personCorrelationOn: (week: string) => inForce(city.policy.scoring.personCorrelation, week),
  }
}
