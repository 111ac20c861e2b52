import { parseSmtpUrl, SmtpUrlError } from '@bina/mailer/smtp-url'
import { CaseUrlsError, parseCaseUrls } from '@bina/reporting/case-urls'
import { type ConfigRule, metaOf, readConfig, variable } from '@bina/runtime/config'
import { kafkaRules, mailRules, outlastsSession, under } from '@bina/runtime/config-rules'
import {
  cityVariables,
  clickHouseVariables,
  consumerVariables,
  flag,
  kafkaVariables,
  linkVariables,
  mailVariables,
  operationsVariables,
  wholeNumber,
} from '@bina/runtime/variables'
import { z } from 'zod'

/** As the mailer reads it: what it would not take stops the start, and is told with all else that is wrong. */
const smtpUrl = mailVariables.SMTP_URL.superRefine((text, ctx) => {
  try {
    parseSmtpUrl(text)
  } catch (error) {
    if (!(error instanceof SmtpUrlError)) throw error
    ctx.addIssue({ code: 'custom', message: error.message })
  }
})

const caseUrls = z
  .string()
  .superRefine((text, ctx) => {
    try {
      parseCaseUrls(text)
    } catch (error) {
      if (!(error instanceof CaseUrlsError)) throw error
      ctx.addIssue({ code: 'custom', message: error.message })
    }
  })
  .optional()

/** What a report says and who gets it depends on these: the command that shows reports reads them too. */
export const deskVariables = {
  ...linkVariables,
  REPORT_DUE_AT: variable(
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day as HH:MM')
      .default('06:00'),
    {
      summary: "Time of Monday at which the reports of the week before go out, in the city's zone.",
      example: '06:00',
    },
  ),
  REPORT_APPROVAL_WEEKS: variable(wholeNumber(0, 520).default(4), {
    summary:
      'For how many weeks of a new city each run waits until somebody has looked at it: bina report approve. 0: no run waits. With mails that only go to the local stack: 0 unless set.',
    example: '4',
  }),
  REPORT_ATTACH_PDF: variable(flag.default(false), {
    summary: 'Send each report as a PDF along with the mail.',
    example: 'false',
  }),
  REPORT_CASE_URLS: variable(caseUrls, {
    summary:
      'Where a case is looked at in the complaint system that it came by: channel=address, separated by commas, with {id} for its id. Channels without one get no link.',
    example: 'sp4n_lapor=https://lapor.example/laporan/{id},web=https://pengaduan.example/kasus/{id}',
  }),
  REPORT_INTEGRITY_UNITS: variable(
    z
      .string()
      .regex(/^[A-Za-z0-9._:/-]{1,64}(,[A-Za-z0-9._:/-]{1,64})*$/, 'expected ids of units, separated by commas')
      .transform((text) => text.split(','))
      .optional(),
    {
      summary:
        'Units of type opd or city whose heads read the report on integrity and data quality instead of figures: the inspectorate and the personnel agency; ids separated by commas.',
      example: 'opd:inspektorat,opd:bkpsdm',
    },
  ),
}

export const reportVariables = z.object({
  ...kafkaVariables,
  ...consumerVariables,
  ...clickHouseVariables,
  ...operationsVariables,
  ...cityVariables,
  ...mailVariables,
  ...deskVariables,
  SMTP_URL: variable(smtpUrl, metaOf(mailVariables.SMTP_URL)),
  REPORT_MAX_LAG_MESSAGES: variable(wholeNumber(0, 1_000_000_000).default(0), {
    summary:
      'Messages that a step may still be behind when a run goes out; 0: none from before the cut-off, as is fair.',
    example: '0',
  }),
  REPORT_CATCH_UP_HOURS: variable(wholeNumber(0, 24 * 60).default(48), {
    summary: 'How long after its Monday a run that was missed altogether is still begun, in hours.',
    example: '48',
  }),
  REPORT_WAIT_MS: variable(wholeNumber(0, 86_400_000).default(600_000), {
    summary: 'How long a run waits until every event is stored and scored, before it is held, in milliseconds.',
    example: '600000',
  }),
  REPORT_MAX_ATTEMPTS: variable(wholeNumber(1, 20).default(4), {
    summary: 'Attempts for one mail in one run, while the mail server says that it may be tried again.',
    example: '4',
  }),
  REPORT_RETRY_DELAY_MS: variable(wholeNumber(1, 3_600_000).default(5_000), {
    summary: 'Delay before the second attempt, in milliseconds; it doubles.',
    example: '5000',
  }),
  REPORT_SESSION_TIMEOUT_MS: variable(wholeNumber(6_000, 300_000).default(30_000), {
    summary: 'How long the broker waits for a heartbeat before it gives the runs to another process, in milliseconds.',
    example: '30000',
  }),
})

export type ReportConfig = z.infer<typeof reportVariables>

const dayMs = 86_400_000
/** A doorbell is kept so long on its topic. */
const doorbellDays = 30

const rules: readonly ConfigRule<ReportConfig>[] = [
  ...kafkaRules,
  ...mailRules,
  under(
    'SHUTDOWN_TIMEOUT_MS',
    'REPORT_SESSION_TIMEOUT_MS',
    'a stopping process would go on mailing after its run went to another one',
  ),
  outlastsSession('REPORT_SESSION_TIMEOUT_MS'),
  ({ REPORT_MAX_ATTEMPTS: attempts, REPORT_RETRY_DELAY_MS: delayMs }) =>
    delayMs * (2 ** (attempts - 1) - 1) > dayMs
      ? `REPORT_MAX_ATTEMPTS (${attempts}) and REPORT_RETRY_DELAY_MS (${delayMs}) make one mail wait for more than a day, since each delay doubles. Set REPORT_MAX_ATTEMPTS=4 and REPORT_RETRY_DELAY_MS=5000.`
      : undefined,
  ({ REPORT_CATCH_UP_HOURS: hours }) =>
    hours > doorbellDays * 24
      ? `REPORT_CATCH_UP_HOURS (${hours}) is longer than the topic of due runs is kept (${doorbellDays * 24}). Set REPORT_CATCH_UP_HOURS to ${doorbellDays * 24} at most.`
      : undefined,
]

export const readReportConfig = (env: NodeJS.ProcessEnv): Readonly<ReportConfig> =>
  readConfig(reportVariables, env, rules)

/** The settings of what reports say, as their inputs want them. */
export const whatReportsSay = (config: Pick<ReportConfig, 'REPORT_CASE_URLS' | 'REPORT_INTEGRITY_UNITS'>) => ({
  caseUrls: parseCaseUrls(config.REPORT_CASE_URLS ?? ''),
  integrityUnits: config.REPORT_INTEGRITY_UNITS ?? [],
})

/** Where the reports' links lead and what signs them. */
export const linksOf = (config: Pick<ReportConfig, 'PUBLIC_URL' | 'REPORT_LINK_SECRET'>) => ({
  publicUrl: config.PUBLIC_URL,
  secret: config.REPORT_LINK_SECRET,
})

/** Minute of the day, of HH:MM. */
export function minuteOf(timeOfDay: string): number {
  const [hours = '0', minutes = '0'] = timeOfDay.split(':')
  return Number(hours) * 60 + Number(minutes)
}
