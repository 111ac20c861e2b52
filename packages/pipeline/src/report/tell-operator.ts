import type { OperatorNotice } from '@bina/reporting/area-report-input'
import type { ReportLocale } from '@bina/reporting/report-input'
import type { ReportRun } from '../ports/report-ledger.ts'
import type { ReportMailer } from '../ports/report-mailer.ts'
import type { ReportNotices } from '../ports/report-notices.ts'
import type { Hold, HoldMatter } from './hold.ts'
import type { HeldUnit } from './report-kind.ts'

export interface TellOperatorConfig {
  /** Undefined: nobody is mailed, and the log alone says it. */
  readonly operator: string | undefined
  readonly from: string
  readonly locale: ReportLocale
  readonly zone: string
}

export interface TellOperatorDeps {
  readonly notices: ReportNotices
  readonly mailer: ReportMailer
  readonly render: (notice: OperatorNotice) => {
    readonly subject: string
    readonly html: string
    readonly text: string
  }
  readonly messageIdOf: (notice: {
    period: string
    unitId: string
    recipient: string
    locale: string
    issue: number
    report: string
  }) => string
  readonly clock: () => number
  /** What was to be told, whether or not a mail says it too. */
  readonly log: (
    message: string,
    about: { readonly week: string; readonly matter: HoldMatter; readonly cause: string },
  ) => void
}

/** Tells the operator by mail what did not go out, why, and what to type. A run that is tried every ten minutes tells each matter once. */
export function createTellOperator(
  config: TellOperatorConfig,
  deps: TellOperatorDeps,
): (run: ReportRun, holds: readonly Hold[], heldUnits: readonly HeldUnit[]) => Promise<void> {
  const { operator, from, locale, zone } = config
  return async (run, holds, heldUnits) => {
    if (holds.length === 0) return
    const { period: week, runId } = run
    const told = await deps.notices.told(runId)
    const news = holds.filter(({ matter }) => !told.has(matter))
    const [first] = news
    if (first === undefined) return
    for (const { matter, cause } of news) deps.log('a report run did not go out as a whole', { week, matter, cause })
    if (operator === undefined) {
      for (const { matter } of news) await deps.notices.markTold(runId, matter)
      return
    }
    const { delivered, failed } = run
    const cause = news.map((hold) => hold.cause).join('; ')
    const commands = [...new Set(news.flatMap(({ matter }) => commandsFor(matter, week)))]
    const state = stateOf(first.matter, run)
    const notice: OperatorNotice = {
      ...{ kind: 'notice', locale, zone, week, runId, state, cause, commands, delivered, failed, heldUnits },
      atMs: deps.clock(),
    }
    const report = `notice:${news.map(({ matter }) => matter).join('+')}`
    const messageId = deps.messageIdOf({ period: week, unitId: '', recipient: operator, locale, issue: 0, report })
    const outcome = await deps.mailer.send({ from, to: operator, messageId, ...deps.render(notice) })
    if (outcome.kind === 'sent') for (const { matter } of news) await deps.notices.markTold(runId, matter)
    // Not marked: the next try of the run tells it again.
    else deps.log(`the operator could not be told by mail: ${outcome.reply}`, { week, matter: first.matter, cause })
  }
}

function stateOf(matter: HoldMatter, run: ReportRun): OperatorNotice['state'] {
  if (matter === 'paused') return 'paused'
  if (matter === 'approval') return 'awaiting_approval'
  return run.state === 'held' ? 'held' : 'finished_with_failures'
}

function commandsFor(matter: HoldMatter, week: string): readonly string[] {
  const run = `npx bina report run --week ${week}`
  switch (matter) {
    case 'paused':
      return [`npx bina report resume --week ${week}`]
    case 'approval':
      return [
        `${run} --dry-run`,
        `npx bina report preview UNIT --week ${week}`,
        `npx bina report approve --week ${week}`,
      ]
    case 'behind':
      return ['npx bina status', run]
    case 'no_units':
    case 'figures':
    case 'given_up':
      return ['npx bina doctor', run]
    case 'refused':
      return [`npx bina report history --week ${week} --state failed`, run]
    case 'unreachable':
      return [`npx bina report history --week ${week} --state suppressed`, 'npx bina report suppression list']
    default:
      return matter satisfies never
  }
}
