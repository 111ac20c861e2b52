import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createSuppressions } from '@bina/clickhouse/report-suppressions'
import { readBounce } from '@bina/mailer/read-bounce'
import { settleBounce } from '@bina/pipeline/report/settle-bounce'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { type Input, openInput } from '../open-input.ts'
import { printable } from '../printable.ts'
import { withServers } from '../servers.ts'

// A notification brings the mail back that it is about: that is far below.
const largestBytes = 10_000_000
const byHand = 'What only a person can read is told by hand: npx bina report suppression add ADDRESS --reason "..."'

/**
 * Reads one returned mail (RFC 3464) from a file or standard input, and holds its mailbox back where it says that no mail will get there.
 *
 * @throws CommandError with exit code 2 for a mail that says nothing to us: it will say no more when it is read again
 */
export async function reportBounce(context: CommandContext, file: string): Promise<void> {
  const { name, raw } = await readInput(file)
  const bounce = await readBounce(raw)
  if (bounce === undefined)
    throw new CommandError(
      `What was read from ${name} is no delivery status notification (RFC 3464). Nothing was changed.`,
      2,
      { code: 'no_bounce', hint: byHand },
    )
  await withServers(context.env, async ({ clickhouse }) => {
    const deps = { ledger: createReportLedger(clickhouse), suppressions: createSuppressions(clickhouse) }
    const settled = await settleBounce(bounce, deps)
    if (settled.kind === 'not_ours') {
      const about = bounce.messageId === undefined ? 'names no mail' : `is about ${printable(bounce.messageId)}`
      throw new CommandError(
        `This notification ${about}, and the ledger has sent no such mail to the address in it. Anybody can write one, so it is not believed, and nothing was changed.`,
        2,
        { code: 'not_ours', hint: byHand },
      )
    }
    const { recipient, runId, unitId, report, messageId } = settled.delivery
    const about = { outcome: settled.kind, recipient, runId, unitId, report, messageId, status: settled.status }
    if (settled.kind === 'passing') {
      context.say(
        `${recipient}: ${printable(settled.action)}, ${settled.status}. That is not for good: nothing was changed, and mail is sent there as before.`,
      )
      context.answer({ ...about, action: settled.action })
      return
    }
    context.say(
      `No mail is sent to ${recipient} any more; a superior gets the reports in its place. It ${printable(settled.reason)}`,
    )
    context.say(`Where it takes mail again: npx bina report suppression remove ${recipient}`)
    context.answer({ ...about, reason: settled.reason })
  })
}

async function readInput(file: string): Promise<{ readonly name: string; readonly raw: Buffer }> {
  const input = await openInput(file)
  try {
    return { name: input.name, raw: await bytesOf(input) }
  } finally {
    await input.close()
  }
}

async function bytesOf({ name, chunks }: Input): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks()) {
    bytes += chunk.length
    if (bytes > largestBytes)
      throw new CommandError(`What comes from ${name} is larger than 10 MB, and so no returned mail.`, 2, {
        code: 'too_large',
        hint: 'One mail at a time: npx bina report bounce FILE',
      })
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}
