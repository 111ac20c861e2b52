import { writeFile } from 'node:fs/promises'
import type { CopyReader, ReportName } from '@bina/pipeline/ports/report-ledger'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
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

/** One report as it would be mailed now, as one of its readers gets it. */
export async function reportPreview(context: CommandContext, unitId: string, options: PreviewOptions): Promise<void> {
  const { format, output, as: reader = 'unit_head', report = '' } = options
  if (format === 'pdf' && output === undefined) {
    const hint = `npx bina report preview ${unitId} --format pdf --output report.pdf`
    throw new CommandError('A PDF is a file: say where it is to lie.', 2, { hint })
  }
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    const reports = await openReports(context, servers)
    const view = (await oneReport(reports, { unitId, week, report })).view({ reader })
    const told = { unitId, week, subject: view.subject, format }
    if (format === 'pdf') {
      if (reports.tools.print === undefined)
        throw new CommandError('This installation makes no PDF.', 1, { hint: 'Look at it with: --format html' })
      await write(output ?? '', await reports.tools.print.pdf(view))
      context.say(`Written: ${output}`)
      context.answer({ ...told, output })
      return
    }
    const body = format === 'html' ? renderHtml(view) : renderText(view)
    if (output === undefined) context.say(body)
    else {
      await write(output, body)
      context.say(`Written: ${output}`)
    }
    context.answer({ ...told, ...(output === undefined ? { body } : { output }) })
  })
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`The report cannot be written to ${file}: ${why}.`, 1, { cause, code: 'not_written' })
  }
}
