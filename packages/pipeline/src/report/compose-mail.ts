import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import type { ReportLinks } from '@bina/reporting/report-input'
import type { ChartBlock, ReportViewModel } from '@bina/reporting/view-model'
import type { CopyReader, ReportName } from '../ports/report-ledger.ts'
import type { MakeReportLinks } from '../ports/report-links.ts'
import type { MailAttachment, ReportMail } from '../ports/report-mailer.ts'
import type { ReportPrint } from '../ports/report-print.ts'
import { mayUnsubscribe } from './plan-copies.ts'
import type { RunReport } from './report-kind.ts'

export interface ComposeConfig {
  readonly from: string
  readonly replyTo: string | undefined
  /** Whether the whole report goes along as a PDF. */
  readonly attachPdf: boolean
}

export interface ComposeDeps {
  /** Absent: no pictures and no PDF, the tables speak alone. */
  readonly print?: ReportPrint
  /** Absent: no links, and the words ask for a reply to the mail. */
  readonly makeLinks?: MakeReportLinks
  /** The address at which somebody who was added takes leave of a report. */
  readonly unsubscribeLink?: (of: {
    readonly unitId: string
    readonly report: ReportName
    readonly recipient: string
    readonly locale: 'id' | 'en'
    readonly week: string
  }) => string
}

export interface Copy {
  readonly week: string
  readonly recipient: string
  readonly reader: CopyReader
  readonly readerUnitId: string
  readonly messageId: string
  readonly marked?: 'resent' | 'test'
}

/** One copy of a report as a mail: the same words for everybody but for the line that says why it came, and its links. */
export function createComposeMail(
  config: ComposeConfig,
  deps: ComposeDeps,
): (report: RunReport, copy: Copy) => Promise<ReportMail> {
  const { print } = deps
  const linksOf = (of: RunReport, { week, recipient, reader, readerUnitId, marked }: Copy): ReportLinks | undefined => {
    // What is only tried out changes nothing in the world: nobody agrees, objects or unsubscribes from it.
    if (marked === 'test') return undefined
    const { unitId, locale, report } = of
    if (reader === 'added') {
      const unsubscribe = deps.unsubscribeLink?.({ unitId, report, recipient, locale, week })
      return unsubscribe === undefined ? undefined : { unsubscribe }
    }
    if (of.linked === undefined) return undefined
    return deps.makeLinks?.({ week, unitId, recipient, reader, readerUnitId, locale, ...of.linked })
  }
  return async (of, copy) => {
    const { week, recipient, reader, messageId, marked } = copy
    const links = linksOf(of, copy)
    const view = of.view({
      reader,
      ...(marked === undefined ? {} : { marked }),
      ...(links === undefined ? {} : { links }),
    })
    const pictures = print === undefined ? [] : await picturesOf(view, print)
    const pdf = print === undefined || !config.attachPdf ? [] : [await pdfOf(view, of, week, print)]
    const attachments = [...pictures, ...pdf, ...of.files()]
    const unsubscribeUrl = mayUnsubscribe(reader) ? links?.unsubscribe : undefined
    const shown = new Map(pictures.map(({ chartId, cid }) => [chartId, `cid:${cid}`]))
    return {
      from: config.from,
      to: recipient,
      ...(config.replyTo === undefined ? {} : { replyTo: config.replyTo }),
      subject: view.subject,
      html: renderHtml(view, (id) => shown.get(id)),
      text: renderText(view),
      messageId,
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
    }
  }
}

type Picture = MailAttachment & { readonly cid: string; readonly chartId: string }

async function picturesOf(view: ReportViewModel, print: ReportPrint): Promise<readonly Picture[]> {
  const charts = view.sections.flatMap(({ blocks }) =>
    blocks.filter((block): block is ChartBlock => block.kind === 'chart'),
  )
  return Promise.all(
    charts.map(async ({ id, chart }) => ({
      filename: `${id}.png`,
      contentType: 'image/png',
      content: await print.png(chart),
      cid: `${id}@bina`,
      chartId: id,
    })),
  )
}

async function pdfOf(view: ReportViewModel, of: RunReport, week: string, print: ReportPrint): Promise<MailAttachment> {
  const unit = of.unitId.replaceAll(/[^A-Za-z0-9.-]/g, '-')
  const filename = ['bina', week, unit, ...(of.report === '' ? [] : [of.report])].join('_')
  return { filename: `${filename}.pdf`, contentType: 'application/pdf', content: await print.pdf(view) }
}
