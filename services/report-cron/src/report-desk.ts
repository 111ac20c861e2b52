import { createDomainPace } from '@bina/mailer/domain-pace'
import { type DeliveryIdentity, messageIdOf } from '@bina/mailer/message-id'
import type { ReportDelivery, ReportRun } from '@bina/pipeline/ports/report-ledger'
import type { ReportMailer } from '@bina/pipeline/ports/report-mailer'
import type { DeliverConfig } from '@bina/pipeline/report/deliver-copies'
import { createMayRun } from '@bina/pipeline/report/may-run'
import { createResendCopies, type ResendRequest } from '@bina/pipeline/report/resend-copies'
import { createTellOperator, type TellOperatorConfig } from '@bina/pipeline/report/tell-operator'
import { createWeeklyRun } from '@bina/pipeline/report/weekly-run'
import type { Logger } from '@bina/runtime/logger'
import type { RunBounds } from './answer-doorbell.ts'
import { createKeepTrying } from './keep-trying.ts'
import { noticeMail } from './notice-mail.ts'
import { createPacedMailer } from './paced-mailer.ts'
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

// A pause is seen within this time; asking before each mail would cost as much as writing it down.
const pauseSeenWithinMs = 500

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
    mailer: createPacedMailer({
      mailer: deps.mailer,
      paceOf,
      wait: (ms) => deps.wait(ms, signal),
      assertOwned,
    }),
    assertOwned,
    signal,
    keepTrying: createKeepTrying({
      isPassing: deps.isPassing,
      assertOwned,
      signal,
      onRetry: (err, attempt, delayMs) =>
        log.warn({ err, attempt, delayMs }, 'a mail was tried and the ledger cannot be told, trying again'),
    }),
    messageIdOf: (delivery: DeliveryIdentity) => messageIdOf(delivery, config.mailDomain),
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
      let lookedAtMs = Number.NEGATIVE_INFINITY
      const isPaused = async () => {
        const nowMs = performance.now()
        if (nowMs - lookedAtMs < pauseSeenWithinMs) return false
        lookedAtMs = nowMs
        return (await controls.of(week)).has('paused')
      }
      return createWeeklyRun(config.deliver, { ...within, mayRun, tell, isPaused })(week, { retryRefused })
    },
    tellGivenUp: (run) => tell(run, [{ matter: 'given_up', cause: run.cause }], []),
    resend: (week, request, bounds) => createResendCopies(config.deliver, withinBounds(bounds))(week, request),
  }
}
