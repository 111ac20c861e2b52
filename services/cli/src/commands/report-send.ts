import { setTimeout as wait } from 'node:timers/promises'
import { parseMailAddress } from '@bina/mailer/mail-address'
import { messageIdOf } from '@bina/mailer/message-id'
import type { CopyReader, ReportName } from '@bina/pipeline/ports/report-ledger'
import { mailKey } from '@bina/pipeline/report/mail-key'
import { planCopies } from '@bina/pipeline/report/plan-copies'
import { runIdOf } from '@bina/reporting/run-id'
import { closedWeek } from '../closed-week.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { oneReport } from '../report/one-report.ts'
import { type OpenReports, openReports } from '../report/open-reports.ts'
import { ring } from '../report/ring.ts'
import { sendMail } from '../report/send-mail.ts'
import { withServers } from '../servers.ts'

export interface SendOptions {
  readonly week?: string
  readonly report?: ReportName
}

const answerWithinMs = 120_000
const pollMs = 250

/** Sends a report to an address of one's own, to see how it arrives: marked, under a Message-ID of its own, and no delivery. */
export async function reportSendTest(
  context: CommandContext,
  unitId: string,
  options: SendOptions & { readonly to: string; readonly as?: CopyReader },
): Promise<void> {
  const to = oneAddress(options.to)
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    const reports = await openReports(context, servers)
    const { report = '', as: reader = 'unit_head' } = options
    const of = await oneReport(reports, { unitId, week, report })
    const test = `test:${report}:${reports.clock()}`
    const identity = { period: week, unitId, recipient: to, locale: of.locale, issue: 0, report: test }
    const messageId = messageIdOf(identity, parseMailAddress(reports.from)?.address.split('@')[1] ?? 'localhost')
    const copy = { week, recipient: to, reader, readerUnitId: unitId, messageId, marked: 'test' } as const
    const reply = await sendMail(context, await reports.compose(of, copy))
    context.say(`Sent to ${to} as a test: ${reply}`)
    context.answer({ unitId, week, to, messageId, reply })
  })
}

/** Asks report-cron to send a report again, marked as such, to those who get it or to some of them. */
export async function reportResend(
  context: CommandContext,
  unitId: string,
  options: SendOptions & { readonly to?: readonly string[] },
): Promise<void> {
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    const runId = runIdOf(week)
    const { report = '' } = options
    const reports = await openReports(context, servers)
    const rowsNow = async () =>
      (await reports.ledger.deliveries(runId)).filter((row) => row.unitId === unitId && row.report === report)
    const before = await rowsNow()
    if (before.length === 0)
      throw new CommandError(`Nothing of ${runId} was sent for ${unitId} yet, so nothing can be sent again.`, 1, {
        code: 'nothing_sent',
        hint: `The run itself: npx bina report run --week ${week}`,
      })
    const recipients = await recipientsOf(reports, { unitId, week, report }, options.to)
    const issue = Math.max(...before.map((row) => row.issue)) + 1
    await ring(servers, { week, byItself: false, resend: { unitId, report, recipients, issue } })
    const step = context.progress.step(`Again: ${unitId}, ${runId}`)
    for (let waitedMs = 0; ; waitedMs += pollMs) {
      const rows = (await rowsNow()).filter((row) => row.issue === issue && row.state !== 'queued')
      if (rows.length >= recipients.length) {
        step.done()
        for (const { recipient, state, smtpReply } of rows) context.say(`${recipient}: ${state} (${smtpReply})`)
        context.answer({ unitId, week, issue, deliveries: rows })
        const failed = rows.filter(({ state }) => state !== 'sent')
        if (failed.length > 0)
          throw new CommandError(`${failed.length} of ${rows.length} were not sent: ${failed[0]?.smtpReply}.`)
        return
      }
      if (waitedMs > answerWithinMs) break
      await wait(pollMs, undefined, { signal: context.signal })
    }
    step.fail()
    throw new CommandError('report-cron has not sent it yet; it will as soon as it comes to it.', 1, {
      code: 'no_answer',
      hint: 'See whether it runs: npx bina status',
    })
  })
}

/** Who gets this report now: its heads, or who stands in for them; of others those that are named. */
async function recipientsOf(
  reports: OpenReports,
  asked: { readonly unitId: string; readonly week: string; readonly report: ReportName },
  named: readonly string[] | undefined,
): Promise<readonly string[]> {
  const suppressed = new Map((await reports.suppressions.list()).map(({ recipient, reason }) => [recipient, reason]))
  const plan = planCopies(await oneReport(reports, asked), await reports.addressees(), suppressed)
  const who = plan.copies.filter(({ recipient }) => recipient !== '')
  if (named === undefined) {
    const heads = who.filter(
      (copy) => copy.heldBack === undefined && ['unit_head', 'in_place_of'].includes(copy.reader),
    )
    if (heads.length > 0) return heads.map(({ recipient }) => recipient)
    throw new CommandError(`Nobody gets the report of ${asked.unitId}: no mailbox of it or of its superior takes mail.`)
  }
  return named.map((text) => {
    const found = who.find(({ recipient }) => mailKey(recipient) === mailKey(oneAddress(text)))
    if (found !== undefined) return found.recipient
    const known = who.map(({ recipient }) => recipient).join(', ')
    throw new CommandError(`${text} does not get the report of ${asked.unitId}. Those who do: ${known}.`, 2, {
      hint: 'To an address of your own: npx bina report send-test',
    })
  })
}

function oneAddress(text: string): string {
  const address = parseMailAddress(text)?.address
  if (address === undefined) throw new CommandError(`"${text}" is not one mail address.`, 2)
  return address
}
