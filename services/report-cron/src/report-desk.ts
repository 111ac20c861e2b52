import { createDomainPace } from '@bina/mailer/domain-pace'
import { messageIdOf } from '@bina/mailer/message-id'
import type { ReportDelivery, ReportRun } from '@bina/pipeline/ports/report-ledger'
import type { ReportMail, ReportMailer } from '@bina/pipeline/ports/report-mailer'
import type { DeliverConfig } from '@bina/pipeline/report/deliver-copies'
import { createMayRun } from '@bina/pipeline/report/may-run'
import { createResendCopies, type ResendRequest } from '@bina/pipeline/report/resend-copies'
import { createTellOperator, type TellOperatorConfig } from '@bina/pipeline/report/tell-operator'
import { createWeeklyRun } from '@bina/pipeline/report/weekly-run'
import type { Logger } from '@bina/runtime/logger'
import type { RunBounds } from './answer-doorbell.ts'
import { createKeepTrying } from './keep-trying.ts'
import { noticeMail } from './notice-mail.ts'
import type { ReportSources } from './report-sources.ts'

export interface ReportDeskConfig {
  readonly deliver: DeliverConfig
  readonly approvalWeeks: number
  readonly operator: TellOperatorConfig
  /** 0: no limit. */
  readonly mailsPerDomainMinute: number
  /** Right-hand side of every Message-ID. */
  readonly mailDomain: string
}

export interface ReportDeskDeps extends ReportSources {
  readonly mailer: ReportMailer
  /** Undefined when every event of before the week's cut-off is stored and scored, else what is not. */
  readonly behind: (week: string, signal: AbortSignal) => Promise<string | undefined>
  /** Whether waiting may help. */
  readonly isPassing: (error: unknown) => boolean
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly clock: () => number
  readonly log: Pick<Logger, 'debug' | 'warn' | 'error'>
}

export interface ReportDesk {
  runWeek(week: string, options: RunBounds & { readonly retryRefused: boolean }): Promise<ReportRun>
  tellGivenUp(run: ReportRun): Promise<void>
  resend(week: string, request: ResendRequest, bounds: RunBounds): Promise<readonly ReportDelivery[]>
}

/** Where reports are sent from: the week's run, and one report once more. */
export function createReportDesk(config: ReportDeskConfig, deps: ReportDeskDeps): ReportDesk {
  const { log, ledger, controls, clock } = deps
  const tell = createTellOperator(config.operator, {
    notices: deps.notices,
    mailer: deps.mailer,
    render: noticeMail,
    messageIdOf: (notice) => messageIdOf(notice, config.mailDomain),
    clock,
    log: (message, about) => log.warn(about, message),
  })
  const paceOf = createDomainPace(config.mailsPerDomainMinute, clock)
  const withinBounds = ({ assertOwned, signal }: RunBounds) => ({
    ...deps,
    mailer: {
      send: async (mail: ReportMail) => {
        const waitMs = paceOf(mail.to)
        if (waitMs > 0) await deps.wait(waitMs, signal)
        return deps.mailer.send(mail)
      },
    },
    assertOwned,
    signal,
    keepTrying: createKeepTrying({
      isPassing: deps.isPassing,
      assertOwned,
      signal,
      onRetry: (err, attempt, delayMs) =>
        log.warn({ err, attempt, delayMs }, 'a mail was tried and the ledger cannot be told, trying again'),
    }),
    messageIdOf: (delivery: Parameters<typeof messageIdOf>[0]) => messageIdOf(delivery, config.mailDomain),
    behind: (week: string) => deps.behind(week, signal),
    wait: (ms: number) => deps.wait(ms, signal),
    onFault: (err: unknown, { report }: { readonly report: string }) =>
      log.error({ err, report }, 'the figures of these reports could not be read, they are held back'),
    progress: (done: number) => log.debug({ done }, 'report run goes on'),
  })
  return {
    runWeek: (week, { retryRefused, ...bounds }) => {
      const within = withinBounds(bounds)
      const mayRun = createMayRun(config, { ledger, controls, behind: within.behind })
      return createWeeklyRun(config.deliver, { ...within, mayRun, tell })(week, { retryRefused })
    },
    tellGivenUp: (run) => tell(run, [{ matter: 'given_up', cause: run.cause }], []),
    resend: (week, request, bounds) => createResendCopies(config.deliver, withinBounds(bounds))(week, request),
  }
}
