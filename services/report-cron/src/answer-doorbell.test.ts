import type { ReportRun } from '@bina/pipeline/ports/report-ledger'
import { createMetrics } from '@bina/runtime/metrics'
import { describe, expect, it } from 'vitest'
import { createAnswerDoorbell, type RunBounds } from './answer-doorbell.ts'
import { encodeDoorbell } from './doorbell.ts'

const week = '2026-06-08'
const nowMs = Date.parse('2026-06-15T06:00:00+07:00')
const byHand = Buffer.from(encodeDoorbell({ week, byItself: false }))
const byItself = Buffer.from(encodeDoorbell({ week, byItself: true }))
const run = (given: Partial<ReportRun>): ReportRun => ({
  period: week,
  runId: 'weekly-2026-W24',
  state: 'finished',
  startedAtMs: 0,
  finishedAtMs: undefined,
  dataCompleteUntilMs: 0,
  units: 4,
  delivered: 0,
  failed: 0,
  suppressed: 0,
  cause: '',
  ...given,
})

const held = { holds: () => true, signal: new AbortController().signal }

function createOffice(
  runWeek: (asked: RunBounds & { readonly retryRefused: boolean }) => Promise<ReportRun>,
  givenUp?: ReportRun,
) {
  const logged: string[] = []
  const asked: string[] = []
  let ledgerRun: ReportRun | undefined
  const metrics = createMetrics({ processMetrics: false })
  const line = (level: string) => (context: object | string, message?: string) =>
    void logged.push(`${level} ${message ?? JSON.stringify(context)}`)
  const answer = createAnswerDoorbell(
    { zone: 'Asia/Jakarta' },
    {
      ledger: { run: async () => ledgerRun },
      giveUp: async () => givenUp,
      tellGivenUp: async ({ cause }) => void logged.push(`told ${cause}`),
      runWeek: async (of, options) => {
        asked.push(`${of} ${options.retryRefused ? 'with the refused' : 'without the refused'}`)
        ledgerRun = await runWeek(options)
        return ledgerRun
      },
      resend: async (of, { unitId, recipients, issue }) => {
        asked.push(`${of} ${unitId} ${recipients.join()} again, issue ${issue}`)
        return []
      },
      metrics,
      log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') } as never,
      clock: () => nowMs,
    },
  )
  const counters = async () => (await metrics.text()).split('\n').filter((text) => /^report_\w+(\{| \d)/.test(text))
  return { answer, asked, logged, counters }
}

const nothing = [
  ...['sent', 'failed', 'suppressed'].map((state) => `report_deliveries_total{state="${state}"} 0`),
  'report_last_success_timestamp_seconds 0',
]

describe('a doorbell that is answered', () => {
  it('has the run made, and tries the refused once more only when somebody rang', async () => {
    let ms = 0
    const { answer, asked } = createOffice(async () => run({ dataCompleteUntilMs: ++ms }))
    await answer(byHand, held)
    await answer(byItself, held)
    expect(asked).toEqual(['2026-06-08 with the refused', '2026-06-08 without the refused'])
  })

  it('sends one report again, and makes no run for it', async () => {
    const { answer, asked, counters } = createOffice(async () => run({}))
    const resend = { unitId: 'upt:sako', report: '', recipients: ['upt@palembang.example'], issue: 1 } as const
    await answer(Buffer.from(encodeDoorbell({ week, byItself: false, resend })), held)
    await answer(Buffer.from(JSON.stringify({ week, resend: { ...resend, issue: 0 } })), held)
    expect(asked).toEqual(['2026-06-08 upt:sako upt@palembang.example again, issue 1'])
    expect(await counters()).toContain('report_doorbells_passed_over_total{reason="no_week"} 1')
  })

  it('counts each mail once, over all tries of a run', async () => {
    const tries = [
      run({ state: 'finished_with_failures', dataCompleteUntilMs: 1, delivered: 2, failed: 2, suppressed: 1 }),
      run({ dataCompleteUntilMs: 2, delivered: 4, suppressed: 1 }),
    ]
    const { answer, counters } = createOffice(async () => tries.shift() ?? expect.unreachable())
    await answer(byHand, held)
    await answer(byHand, held)
    expect((await counters()).toSorted()).toEqual([
      'report_deliveries_total{state="failed"} 2',
      'report_deliveries_total{state="sent"} 4',
      'report_deliveries_total{state="suppressed"} 1',
      `report_last_success_timestamp_seconds ${nowMs / 1000}`,
      'report_runs_total{state="finished"} 1',
      'report_runs_total{state="finished_with_failures"} 1',
    ])
  })

  it('counts nothing for a run that had ended before', async () => {
    const { answer, counters, logged } = createOffice(async () => run({ dataCompleteUntilMs: 1, delivered: 3 }))
    await answer(byItself, held)
    const before = await counters()
    await answer(byItself, held)
    expect(await counters()).toEqual(before)
    expect(logged.at(-1)).toMatch(/^debug the run had ended before/)
  })

  it('is not answered, with a word, once another process has the run', async () => {
    let holds = true
    const { answer, logged, counters } = createOffice(async ({ assertOwned }) => {
      holds = false
      assertOwned()
      return run({})
    })
    await expect(answer(byItself, { ...held, holds: () => holds })).rejects.toMatchObject({ code: 'not_owned' })
    expect(logged).toEqual(['warn the run of 2026-06-08 is not held by this process now'])
    expect(await counters()).toEqual(nothing)
  })

  it('is not even begun by a process that does not hold it', async () => {
    const { answer, asked } = createOffice(async () => run({}))
    await expect(answer(byHand, { ...held, holds: () => false })).rejects.toMatchObject({ code: 'not_owned' })
    expect(asked).toEqual([])
  })

  it('is not answered when the process is to stop in the middle of the run: the next start goes on', async () => {
    const stopping = new AbortController()
    const { answer, logged, counters } = createOffice(async ({ signal }) => {
      stopping.abort()
      signal.throwIfAborted()
      return run({})
    })
    await expect(answer(byItself, { ...held, signal: stopping.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(logged).toEqual(['info the report run stops here, the next start goes on with it'])
    expect(await counters()).toEqual(nothing)
  })

  it('begins no run when the process is to stop', async () => {
    const { answer, asked } = createOffice(async () => run({}))
    await expect(answer(byItself, { ...held, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(asked).toEqual([])
  })

  it('for a week that has not ended in the city is passed over, told and counted', async () => {
    const { answer, asked, logged, counters } = createOffice(async () => run({}))
    for (const early of ['2026-06-15', '2030-01-07'])
      await answer(Buffer.from(encodeDoorbell({ week: early, byItself: false })), held)
    expect(asked).toEqual([])
    expect(logged).toEqual(Array(2).fill('warn a doorbell for a week that has not ended was passed over'))
    expect(await counters()).toContain('report_doorbells_passed_over_total{reason="not_ended"} 2')
  })

  it('gives up a run that was tried for too long, counts it and says that somebody must act', async () => {
    const closed = run({ state: 'finished_with_failures', failed: 2, cause: 'npx bina report run' })
    const { answer, asked, logged, counters } = createOffice(async () => run({}), closed)
    await answer(byItself, held)
    expect([asked, logged]).toEqual([[], ['told npx bina report run', 'error a report run was given up']])
    expect(await counters()).toContain('report_runs_total{state="finished_with_failures"} 1')
    expect(await counters()).toContain('report_deliveries_total{state="failed"} 2')
  })

  it('gives up nothing that somebody asks for', async () => {
    const { answer, asked } = createOffice(async () => run({}), run({ state: 'finished_with_failures' }))
    await answer(byHand, held)
    expect(asked).toEqual(['2026-06-08 with the refused'])
  })

  it('does not hide what went wrong', async () => {
    const { answer } = createOffice(async () => {
      throw new Error('ClickHouse is away')
    })
    await expect(answer(byItself, held)).rejects.toThrow('ClickHouse is away')
  })

  it('passes over nonsense', async () => {
    const { answer, asked, logged } = createOffice(async () => run({}))
    await answer(Buffer.from('nonsense'), held)
    expect([asked, logged.length]).toEqual([[], 1])
  })
})
