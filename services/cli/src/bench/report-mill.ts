import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportPrint } from '@bina/pipeline/ports/report-print'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import type { ReportInput } from '@bina/reporting/report-input'
import type { ReportViewModel } from '@bina/reporting/view-model'
import { madeUpReport } from './made-up-report.ts'

export const milled = ['mail', 'charts', 'pdf'] as const
/** `mail`: HTML and text. `charts`: the same with every chart as PNG. `pdf`: the page. */
export type Milled = (typeof milled)[number]

export interface MillRun {
  readonly what: Milled
  readonly units: number
  readonly wallSeconds: number
  /** Of all cores, which other work on the machine does not lengthen much. */
  readonly coreSeconds: number
  /** Resident memory after each tenth of the units: flat where nothing is kept from one report to the next. */
  readonly residentBytes: readonly number[]
  /** Drawn in all; none of the made-up ones is like another, so none is spared. */
  readonly charts: number
  /** So that nothing can be left out as unused. */
  readonly bytes: number
}

// How many reports are under way at once, as drawing is done beside the main thread.
const atOnce = 4

/** Writes the reports of the units from `from` up to `to`, from rows that are made up one by one. */
export async function millReports(
  what: Milled,
  {
    week,
    zone,
    from,
    to,
  }: { readonly week: PlainDate; readonly zone: string; readonly from: number; readonly to: number },
  { print, viewModel }: { readonly print: ReportPrint; readonly viewModel: (input: ReportInput) => ReportViewModel },
): Promise<MillRun> {
  const units = to - from
  const residentBytes: number[] = []
  const startMs = performance.now()
  const before = process.cpuUsage()
  let [bytes, charts] = [0, 0]
  for (let first = from; first < to; first += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, to - first) }, (_, at) =>
      viewModel(madeUpReport(first + at, week, zone)),
    )
    const written = await Promise.all(some.map((view) => write(what, view, print)))
    for (const report of written) {
      bytes += report.bytes
      charts += report.charts
    }
    if (residentBytes.length < Math.floor(((first + atOnce - from) * 10) / units))
      residentBytes.push(process.memoryUsage.rss())
  }
  const { user, system } = process.cpuUsage(before)
  const [wallSeconds, coreSeconds] = [(performance.now() - startMs) / 1000, (user + system) / 1e6]
  return { what, units, wallSeconds, coreSeconds, residentBytes, charts, bytes }
}

async function write(what: Milled, view: ReportViewModel, print: ReportPrint) {
  const charts = view.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'chart'))
  if (what === 'pdf') return { bytes: (await print.pdf(view)).length, charts: charts.length }
  const pictures = what === 'mail' ? [] : await Promise.all(charts.map(({ chart }) => print.png(chart)))
  const html = renderHtml(view, (id) => `cid:${id}@bina`)
  const bytes = html.length + renderText(view).length + pictures.reduce((sum, { length }) => sum + length, 0)
  return { bytes, charts: pictures.length }
}
