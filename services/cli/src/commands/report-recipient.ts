import { parseMailAddress } from '@bina/mailer/mail-address'
import { messageIdOf } from '@bina/mailer/message-id'
import type { ReportName } from '@bina/pipeline/ports/report-ledger'
import type { AddedRecipient } from '@bina/pipeline/ports/report-recipients'
import { confirmationMail } from '@bina/pipeline/report/confirmation-mail'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { mailKey } from '@bina/pipeline/report/mail-key'
import { createRecipientWishes } from '@bina/pipeline/report/recipient-wishes'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { oneReport } from '../report/one-report.ts'
import { openReports } from '../report/open-reports.ts'
import { typedName } from '../report/readers.ts'
import { sendMail } from '../report/send-mail.ts'
import { withServers } from '../servers.ts'
import { textTable } from '../text-table.ts'

export interface RecipientOptions {
  readonly unit: string
  readonly report?: ReportName
}

/** Adds somebody beside the directory and asks them by mail; nothing else is sent before they confirm. Adding again asks again. */
export async function recipientAdd(
  context: CommandContext,
  address: string,
  options: RecipientOptions & { readonly role: string; readonly locale: 'id' | 'en' },
): Promise<void> {
  const recipient = keyOf(address)
  await withServers(context.env, async (servers) => {
    const { unit: unitId, report = '', role, locale } = options
    const reports = await openReports(context, servers)
    const { confirmLink } = reports.tools
    if (confirmLink === undefined)
      throw new CommandError('Nobody could confirm: no portal is set up for the link in the mail.', 1, {
        code: 'no_portal',
        hint: 'Addresses of the directory need no confirmation: publish bina.directory.unit.v1 with reportEmails.',
      })
    const of = await oneReport(reports, { unitId, report, week: lastClosedWeek(servers.zone, reports.clock()) })
    const askedAtMs = reports.clock()
    const added = { report, unitId, recipient, locale, role, askedAtMs } satisfies AddedRecipient
    await reports.recipients.add(added)
    const url = confirmLink(added, askedAtMs)
    const { contact, from } = reports
    const identity = { period: String(askedAtMs), unitId, recipient, locale, issue: 0, report: `confirm:${report}` }
    const messageId = messageIdOf(identity, parseMailAddress(from)?.address.split('@')[1] ?? 'localhost')
    const unitName = of.view({ reader: 'added' }).unitLabel
    const mail = confirmationMail(added, { unitName, url, contact })
    await sendMail(context, { ...mail, from, to: recipient, replyTo: contact, messageId })
    context.say(`${recipient} was asked by mail, and gets the reports of ${unitName} once it is confirmed.`)
    context.answer({ ...added, state: 'pending' })
  })
}

/** Everybody beside the directory, with whether they confirmed. */
export async function recipientList(context: CommandContext): Promise<void> {
  await withServers(context.env, async (servers) => {
    const { recipients } = await openReports(context, servers)
    const wishes = createRecipientWishes(await recipients.choices())
    const list = (await recipients.added()).map((one) => ({ ...one, state: wishes.stateOf(one) }))
    const rows = list.map((one) => [one.unitId, typedName(one.report), one.recipient, one.role, one.state])
    if (rows.length === 0) context.say('Nobody was added: reports go to the addresses of the directory alone.')
    else for (const line of textTable([['unit', 'report', 'recipient', 'role', 'state'], ...rows])) context.say(line)
    context.answer({ recipients: list })
  })
}

export async function recipientRemove(
  context: CommandContext,
  address: string,
  options: RecipientOptions,
): Promise<void> {
  const recipient = keyOf(address)
  await withServers(context.env, async (servers) => {
    const { recipients } = await openReports(context, servers)
    const { unit: unitId, report = '' } = options
    const found = (await recipients.added()).find(
      (one) => one.unitId === unitId && one.report === report && one.recipient === recipient,
    )
    if (found === undefined)
      throw new CommandError(`${recipient} was not added for ${unitId} (${typedName(report)}).`, 1, {
        hint: 'Who was: npx bina report recipient list',
      })
    await recipients.remove(found)
    context.say(`${recipient} gets no more reports of ${unitId}.`)
    context.answer({ ...found, state: 'removed' })
  })
}

function keyOf(text: string): string {
  const address = parseMailAddress(text)?.address
  if (address === undefined) throw new CommandError(`"${text}" is not one mail address.`, 2)
  return mailKey(address)
}
