import type { ReportRun } from '@bina/pipeline/ports/report-ledger'
import { createMetrics } from '@bina/runtime/metrics'
import { describe, expect, it } from 'vitest'
import { createAnswerDoorbell } from './answer-doorbell.ts'
import { encodeDoorbell } from './doorbell.ts'

const week = '2026-06-08'
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

function createOffice(
  runWeek: (asked: { readonly assertOwned: () => void; readonly retryRefused: boolean }) => Promise<ReportRun>,
) {
  const logged: string[] = []
  const asked: string[] = []
  let ledgerRun: ReportRun | undefined
  const metrics = createMetrics({ processMetrics: false })
  const line = (level: string) => (context: object | string, message?: string) =>
    void logged.push(`${level} ${message ?? JSON.stringify(context)}`)
  const answer = createAnswerDoorbell({
    ledger: { run: async () => ledgerRun },
    runWeek: async (of, options) => {
      asked.push(`${of} ${options.retryRefused ? 'with the refused' : 'without the refused'}`)
      ledgerRun = await runWeek(options)
      return ledgerRun
    },
    metrics,
    log: { debug: line('debug'), info: line('info'), warn: line('warn') } as never,
    clock: () => 1_750_000_000_000,
  })
  const counters = async () => (await metrics.text()).split('\n').filter((text) => /^report_\w+(\{| \d)/.test(text))
  return { answer, asked, logged, counters }
}

describe('a doorbell that is answered', () => {
  it('has the run made, and tries the refused once more only when somebody rang', async () => {
    let ms = 0
    const { answer, asked } = createOffice(async () => run({ dataCompleteUntilMs: ++ms }))
    await answer(byHand, () => true)
    await answer(byItself, () => true)
    expect(asked).toEqual(['2026-06-08 with the refused', '2026-06-08 without the refused'])
  })

  it('counts each mail once, over all tries of a run', async () => {
    const tries = [
      run({ state: 'finished_with_failures', dataCompleteUntilMs: 1, delivered: 2, failed: 2, suppressed: 1 }),
      run({ dataCompleteUntilMs: 2, delivered: 4, suppressed: 1 }),
    ]
    const { answer, counters } = createOffice(async () => tries.shift() ?? expect.unreachable())
    await answer(byHand, () => true)
    await answer(byHand, () => true)
    expect((await counters()).toSorted()).toEqual([
      'report_deliveries_total{state="failed"} 2',
      'report_deliveries_total{state="sent"} 4',
      'report_deliveries_total{state="suppressed"} 1',
      'report_last_success_timestamp_seconds 1750000000',
      'report_runs_total{state="finished"} 1',
      'report_runs_total{state="finished_with_failures"} 1',
    ])
  })

  it('counts nothing for a run that had ended before', async () => {
    const { answer, counters, logged } = createOffice(async () => run({ dataCompleteUntilMs: 1, delivered: 3 }))
    await answer(byItself, () => true)
    const before = await counters()
    await answer(byItself, () => true)
    expect(await counters()).toEqual(before)
    expect(logged.at(-1)).toMatch(/^debug the run had ended before/)
  })

  it('leaves the run alone, with a word, once another process has it', async () => {
    const { answer, logged, counters } = createOffice(async ({ assertOwned }) => {
      assertOwned()
      return run({})
    })
    await answer(byItself, () => false)
    expect(logged).toEqual(['warn the run of 2026-06-08 belongs to another process now'])
    expect(await counters()).toEqual(['report_last_success_timestamp_seconds 0'])
  })

  it('does not hide what went wrong', async () => {
    const { answer } = createOffice(async () => {
      throw new Error('ClickHouse is away')
    })
    await expect(answer(byItself, () => true)).rejects.toThrow('ClickHouse is away')
  })

  it('passes over nonsense', async () => {
    const { answer, asked, logged } = createOffice(async () => run({}))
    await answer(Buffer.from('nonsense'), () => true)
    expect([asked, logged.length]).toEqual([[], 1])
  })
})
