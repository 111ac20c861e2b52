import { writeFile } from 'node:fs/promises'
import type { CopyReader, ReportName } from '@bina/pipeline/ports/report-ledger'
import type { MailAttachment, ReportMail } from '@bina/pipeline/ports/report-mailer'
import { closedWeek } from '../closed-week.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { oneReport } from '../report/one-report.ts'
import { openReports } from '../report/open-reports.ts'
import { withServers } from '../servers.ts'

export interface PreviewOptions {
  readonly week?: string
  readonly format: 'html' | 'text' | 'pdf'
  readonly as?: CopyReader
  readonly report?: ReportName
  /** File to write instead of the terminal; a PDF wants one. */
  readonly output?: string
}

/** One report as it would be mailed now, as one of its readers gets it; what its buttons open says that this is a preview. */
export async function reportPreview(context: CommandContext, unitId: string, options: PreviewOptions): Promise<void> {
  const { format, output, as: reader = 'unit_head', report = '' } = options
  if (format === 'pdf' && output === undefined) {
    const hint = `npx bina report preview ${unitId} --format pdf --output report.pdf`
    throw new CommandError('A PDF is a file: say where it is to lie.', 2, { hint })
  }
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    const reports = await openReports(context, servers)
    const compose = reports.preview({ attachPdf: format === 'pdf' })
    const mail = await compose(await oneReport(reports, { unitId, week, report }), {
      ...{ week, reader, recipient: '', readerUnitId: '', messageId: '' },
    })
    const told = { unitId, week, subject: mail.subject, format }
    const body = bodyOf(mail, format)
    if (body === undefined)
      throw new CommandError('This installation makes no PDF.', 1, { hint: 'Look at it with: --format html' })
    if (output === undefined) context.say(String(body))
    else {
      await write(output, body)
      context.say(`Written: ${output}`)
    }
    context.answer({ ...told, ...(output === undefined ? { body } : { output }) })
  })
}

function bodyOf(mail: ReportMail, format: PreviewOptions['format']): string | Uint8Array | undefined {
  const attached = mail.attachments ?? []
  switch (format) {
    case 'text':
      return mail.text
    case 'pdf':
      return attached.find(({ contentType }) => contentType === 'application/pdf')?.content
    case 'html':
      return attached.reduce(withPicture, mail.html)
    default:
      return format satisfies never
  }
}

/** A browser knows no parts of a mail: the picture stands in the page itself. */
function withPicture(html: string, { cid, contentType, content }: MailAttachment): string {
  if (cid === undefined) return html
  return html.replaceAll(`cid:${cid}`, `data:${contentType};base64,${Buffer.from(content).toString('base64')}`)
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`The report cannot be written to ${file}: ${why}.`, 1, { cause, code: 'not_written' })
  }
}
