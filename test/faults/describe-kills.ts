import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itKeepsItsPromises } from './it-keeps-its-promises.ts'
import { type KillConfig, type KillRun, runKillCycles, type Target } from './kill-cycles.ts'
import { faultWindows } from './windows.ts'

/** Kills as the schedule says while producers note what they are told, and holds the city to it. */
export function describeKills(config: KillConfig, options: { readonly timeoutMs: number }): void {
  const total = Object.values(config.kills).reduce((sum, times) => sum + times, 0)
  describe(`a city that is killed ${total} times under load, seed ${config.seed}`, () => {
    let run: KillRun

    beforeAll(async () => {
      console.log(`FAULTS_SEED=${config.seed}`)
      run = await runKillCycles(config)
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

    it('had its producers send again what they got no answer for', () => {
      expect(run.load.retries).toBeGreaterThan(0)
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

    itKeepsItsPromises(() => run, options)

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
