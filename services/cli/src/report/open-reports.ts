import { createWorkCalendar } from '@bina/domain/calendar'
import { createComposeMail } from '@bina/pipeline/report/compose-mail'
import { linksOf, minuteOf, whatReportsSay } from '@bina/report-cron/config'
import { createReportSources, type ReportSources } from '@bina/report-cron/report-sources'
import { createLinkTools, createReportTools, type ReportTools } from '@bina/report-cron/report-tools'
import { loadPolicy } from '@bina/runtime/load-policy'
import { loadActionLibrary } from '@bina/runtime/load-practice'
import type { CommandContext } from '../context.ts'
import type { Servers } from '../servers.ts'
import { readReportVariables } from './report-variables.ts'

export interface OpenReports extends ReportSources {
  readonly tools: ReportTools
  /** How a report looks as a mail: its buttons lead to pages that do nothing. */
  readonly preview: (as: { readonly attachPdf: boolean }) => ReturnType<typeof createComposeMail>
  readonly from: string
  readonly contact: string
  readonly approvalWeeks: number
  readonly clock: () => number
}

/** What reports are made from and who gets them, as report-cron has it. */
export async function openReports(context: CommandContext, servers: Servers): Promise<OpenReports> {
  const { config, zone, clickhouse } = servers
  const variables = readReportVariables(context)
  const { MAIL_FROM: from, MAIL_REPLY_TO: replyTo } = variables
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const library = await loadActionLibrary(config.BINA_POLICY_DIR)
  const tools = createReportTools(linksOf(variables))
  const clock = Date.now
  const contact = replyTo ?? from
  const sources = createReportSources(
    {
      zone,
      cityProfile: config.BINA_CITY_PROFILE,
      dueMinute: minuteOf(variables.REPORT_DUE_AT),
      contact,
      compose: { from, replyTo, attachPdf: variables.REPORT_ATTACH_PDF },
      ...whatReportsSay(variables),
    },
    { clickhouse, calendar: createWorkCalendar({ zone, policy: policy.calendar }), policy, library, tools, clock },
  )
  const preview: OpenReports['preview'] = ({ attachPdf }) =>
    createComposeMail(
      { from, replyTo, attachPdf },
      { ...tools, ...createLinkTools({ ...linksOf(variables), isPreview: true }) },
    )
  return { ...sources, tools, preview, from, contact, approvalWeeks: variables.REPORT_APPROVAL_WEEKS, clock }
}
