import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import type { ReportMail } from '@bina/pipeline/ports/report-mailer'
import { smtpSettings } from '@bina/runtime/settings'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { readMail } from '../variables.ts'

/** Hands over one mail now. What the mail server answered; a CommandError where it did not take it. */
export async function sendMail(context: CommandContext, mail: ReportMail): Promise<string> {
  const mailer = createSmtpMailer(smtpSettings(readMail(context.env)))
  try {
    const outcome = await mailer.send(mail)
    if (outcome.kind === 'sent') return outcome.reply
    throw new CommandError(`The mail server did not take the mail to ${mail.to}: ${outcome.reply}.`, 1, {
      code: outcome.kind,
      hint: outcome.kind === 'try_later' ? 'See what it says of us: npx bina doctor' : 'Correct the address.',
    })
  } finally {
    await mailer.close()
  }
}
