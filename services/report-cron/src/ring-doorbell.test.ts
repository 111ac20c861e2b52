import type { ReportRun, RunState } from '@bina/pipeline/ports/report-ledger'
import { describe, expect, it } from 'vitest'
import type { Doorbell } from './doorbell.ts'
import { createRingDoorbell } from './ring-doorbell.ts'

const run = (period: string, state: RunState): ReportRun => ({
  period,
  runId: `weekly-of-${period}`,
  state,
  startedAtMs: 0,
  finishedAtMs: undefined,
  dataCompleteUntilMs: 0,
  units: 0,
  delivered: 0,
  failed: 0,
  suppressed: 0,
  cause: '',
})

async function ringsAt(
  wallTime: string,
  ledger: Readonly<Record<string, ReportRun>> = {},
  { catchUpDays = 2, open = [] as readonly string[] } = {},
) {
  const rung: Doorbell[] = []
  const ring = createRingDoorbell(
    { zone: 'Asia/Jakarta', dueMinute: 360, catchUpMs: catchUpDays * 86_400_000 },
    {
      ledger: { run: async (runId) => ledger[runId], openWeeks: async () => open },
      publish: async (doorbell) => void rung.push(doorbell),
      clock: () => Date.parse(`${wallTime}:00+07:00`),
    },
  )
  await ring()
  return rung
}

describe('the clock rings', () => {
  it('on Monday at six for the week before, and says that nobody asked', async () => {
    expect(await ringsAt('2026-06-15T05:59')).toEqual([])
    expect(await ringsAt('2026-06-15T06:00')).toEqual([{ week: '2026-06-08', byItself: true }])
  })

  it.each(['running', 'held', 'finished_with_failures'] as const)('again for a run that is %s', async (state) => {
    expect(await ringsAt('2026-06-15T06:10', { 'weekly-2026-W24': run('2026-06-08', state) })).toHaveLength(1)
  })

  it('no more for a run that is finished', async () => {
    expect(await ringsAt('2026-06-15T06:10', { 'weekly-2026-W24': run('2026-06-08', 'finished') })).toEqual([])
  })

  it('for the missed weeks alone where it catches up on some', async () => {
    const rung = await ringsAt(
      '2026-06-15T06:10',
      { 'weekly-2026-W23': run('2026-06-01', 'finished') },
      { catchUpDays: 21 },
    )
    expect(rung.map(({ week }) => week)).toEqual(['2026-05-25', '2026-06-08'])
  })

  it('also for a run that was begun and not finished, when the time to catch up is over, the oldest first', async () => {
    const rung = await ringsAt('2026-06-18T06:00', {}, { open: ['2026-06-08', '2026-05-25'] })
    expect(rung).toEqual([
      { week: '2026-05-25', byItself: true },
      { week: '2026-06-08', byItself: true },
    ])
  })

  it('once for a run that is both due and unfinished', async () => {
    const ledger = { 'weekly-2026-W24': run('2026-06-08', 'running') }
    expect(await ringsAt('2026-06-15T06:10', ledger, { open: ['2026-06-08'] })).toHaveLength(1)
  })
})
