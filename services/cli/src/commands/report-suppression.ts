import { createSuppressions } from '@bina/clickhouse/report-suppressions'
import { parseMailAddress } from '@bina/mailer/mail-address'
import { mailKey } from '@bina/pipeline/report/mail-key'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { localTime } from '../local-time.ts'
import { printable } from '../printable.ts'
import { withServers } from '../servers.ts'
import { textTable } from '../text-table.ts'

/** Mailboxes that take no mail, and why. */
export async function suppressionList(context: CommandContext): Promise<void> {
  await withServers(context.env, async ({ zone, clickhouse }) => {
    const list = await createSuppressions(clickhouse).list()
    const rows = list.map((one) => [one.recipient, localTime(zone, one.updatedAtMs), printable(one.reason)])
    if (rows.length === 0) context.say('No mailbox is held back.')
    else for (const line of textTable([['recipient', 'since', 'reason'], ...rows])) context.say(line)
    context.answer({ suppressed: list })
  })
}

/** Holds mailboxes back from which mails came back later than the mail server's answer: what a bounce says, an operator tells here. */
export async function suppressionAdd(
  context: CommandContext,
  addresses: readonly string[],
  options: { readonly reason: string },
): Promise<void> {
  const recipients = addresses.map(keyOf)
  await withServers(context.env, async ({ clickhouse }) => {
    const suppressions = createSuppressions(clickhouse)
    for (const recipient of recipients) await suppressions.add({ recipient, runId: '', reason: options.reason })
    context.say(`No mail is sent to ${recipients.join(', ')} any more; a superior gets the reports in its place.`)
    context.answer({ suppressed: recipients })
  })
}

/** Sends mail there again. */
export async function suppressionRemove(context: CommandContext, address: string): Promise<void> {
  await withServers(context.env, async ({ clickhouse }) => {
    const suppressions = createSuppressions(clickhouse)
    const recipient = mailKey(address)
    if (!(await suppressions.list()).some((one) => one.recipient === recipient))
      throw new CommandError(`${recipient} is not held back.`, 1, { hint: 'Who is: npx bina report suppression list' })
    await suppressions.lift(recipient)
    context.say(`Mail is sent to ${recipient} again, from the next run on.`)
    context.answer({ lifted: recipient })
  })
}

/** A word that is no address would be held back for nothing, while the mailbox that was meant gets its mails. */
function keyOf(text: string): string {
  const address = parseMailAddress(text)?.address
  if (address === undefined)
    throw new CommandError(`"${text}" is not one mail address. Nothing was held back.`, 2, {
      hint: 'npx bina report suppression add ADDRESS --reason "..."',
    })
  return mailKey(address)
}
