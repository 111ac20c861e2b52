import { addDays } from '@bina/domain/plain-date'
import { instantOf } from '@bina/domain/zone'
import type { ReportRun } from '@bina/pipeline/ports/report-ledger'
import { runIdOf } from '@bina/reporting/run-id'
import { describe, expect, it } from 'vitest'
import { createRingDoorbell } from './ring-doorbell.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** A report-cron that looks every ten minutes and finishes what it is rung for, but for the days on which it is away. */
async function weeksMailed(zone: string, from: string, to: string, isAway: (nowMs: number) => boolean = () => false) {
  const mailed: { readonly week: string; readonly atMs: number }[] = []
  const runs = new Map<string, ReportRun>()
  let nowMs = 0
  const ring = createRingDoorbell(
    { zone, dueMinute: 6 * 60, catchUpMs: 48 * hourMs },
    {
      ledger: { run: async (runId) => runs.get(runId), openWeeks: async () => [] },
      publish: async ({ week }) => {
        mailed.push({ week, atMs: nowMs })
        runs.set(runIdOf(week), { state: 'finished' } as ReportRun)
      },
      clock: () => nowMs,
    },
  )
  for (nowMs = instantOf(zone, from, 0); nowMs < instantOf(zone, to, 0); nowMs += 10 * minuteMs)
    if (!isAway(nowMs)) await ring()
  return mailed
}

const zones = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'America/New_York', 'Europe/London', 'Asia/Tehran']

describe.each(zones)('reports in %s', (zone) => {
  it('go out once a week at six over the turn of a year of 53 weeks', async () => {
    const mailed = await weeksMailed(zone, '2026-12-10', '2027-01-20')
    const weeks = ['2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28', '2027-01-04', '2027-01-11']
    expect(mailed.map(({ week }) => week)).toEqual(weeks)
    expect(mailed.map(({ week }) => runIdOf(week))).toEqual([
      'weekly-2026-W50',
      'weekly-2026-W51',
      'weekly-2026-W52',
      'weekly-2026-W53',
      'weekly-2027-W01',
      'weekly-2027-W02',
    ])
    for (const { week, atMs } of mailed) expect(atMs).toBe(instantOf(zone, addDays(week, 7), 6 * 60))
  })

  it('go out once a week while the clocks are changed', async () => {
    for (const [from, to] of [
      ['2026-03-02', '2026-04-07'],
      ['2026-10-19', '2026-11-10'],
    ] as const) {
      const mailed = await weeksMailed(zone, from, to)
      const weeks: string[] = []
      for (let week = addDays(from, -7); addDays(week, 7) < to; week = addDays(week, 7)) weeks.push(week)
      expect(mailed.map(({ week }) => week)).toEqual(weeks)
      for (const { week, atMs } of mailed) expect(atMs).toBe(instantOf(zone, addDays(week, 7), 6 * 60))
    }
  })

  it('make up for a Monday that was missed on Wednesday before six, and not after', async () => {
    const awayUntil = (untilMs: number) => (nowMs: number) => nowMs < untilMs
    const wednesday = instantOf(zone, '2027-01-06', 6 * 60)
    const inTime = await weeksMailed(zone, '2027-01-03', '2027-01-08', awayUntil(wednesday))
    expect(inTime).toEqual([{ week: '2026-12-28', atMs: wednesday }])
    expect(await weeksMailed(zone, '2027-01-03', '2027-01-08', awayUntil(wednesday + 1))).toEqual([])
  })
})
