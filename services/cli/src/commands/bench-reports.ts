import { availableParallelism, cpus, loadavg } from 'node:os'
import { createReportPrint } from '@bina/print/report-print'
import type { ReportInput } from '@bina/reporting/report-input'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { loadActionLibrary } from '@bina/runtime/load-practice'
import { type Milled, type MillRun, milled, millReports } from '../bench/report-mill.ts'
import { sideBySide } from '../bench/side-by-side.ts'
import type { CommandContext } from '../context.ts'
import { environmentWithStack } from '../variables.ts'

export interface BenchReportsOptions {
  readonly mails: number
  readonly charts: number
  readonly pdfs: number
  /** Some of the units of one kind, and nothing else: how the command asks itself. */
  readonly part?: { readonly from: number; readonly to: number }
  readonly only?: string
}

// The same reports on every machine and on every day.
const [week, zone] = ['2026-11-16', 'Asia/Jakarta']

/** How many reports a second this machine writes, from rows that are there already. Needs no server. */
export async function benchReports(context: CommandContext, options: BenchReportsOptions): Promise<void> {
  const { part } = options
  if (part !== undefined) {
    const what = milled.find((one) => one === options.only) ?? 'mail'
    const library = await loadActionLibrary(environmentWithStack(context.env).BINA_POLICY_DIR ?? 'policy')
    const viewModel = (input: ReportInput) => reportViewModel(input, library)
    const deps = { print: createReportPrint(), viewModel }
    context.answer(await millReports(what, { week, zone, ...part }, deps))
    return
  }
  const processes = availableParallelism()
  const runs: object[] = []
  for (const [what, units] of [
    ['mail', options.mails],
    ['charts', options.charts],
    ['pdf', options.pdfs],
  ] as const) {
    if (units < processes) continue
    const step = context.progress.step(`${units} reports (${what}) in ${processes} processes`)
    runs.push(await millSideBySide(what, units, processes, context))
    step.done()
  }
  const result = {
    machine: { cores: processes, model: cpus()[0]?.model ?? '', load: loadavg() },
    runs,
  }
  context.say(JSON.stringify(result, undefined, 2))
  context.answer(result)
}

async function millSideBySide(what: Milled, units: number, processes: number, context: CommandContext) {
  const ask = ['bench', 'reports', `--only=${what}`]
  const parts = (await sideBySide(ask, { total: units, processes }, context)) as readonly MillRun[]
  const wallSeconds = Math.max(...parts.map((run) => run.wallSeconds))
  const coreSeconds = parts.reduce((sum, run) => sum + run.coreSeconds, 0)
  return {
    what,
    units,
    wallSeconds,
    reportsPerSecond: units / wallSeconds,
    coreSeconds,
    reportsPerCoreSecond: units / coreSeconds,
    chartsPerReport: parts.reduce((sum, { charts }) => sum + charts, 0) / units,
    bytesPerReport: Math.round(parts.reduce((sum, { bytes }) => sum + bytes, 0) / units),
    residentBytes: parts.map(({ residentBytes }) => residentBytes),
  }
}
