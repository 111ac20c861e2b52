import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { parseSmtpUrl, SmtpUrlError } from '@bina/mailer/smtp-url'
import { networkFault } from '../network-fault.ts'
import { type Check, fail, ok, warn } from './check.ts'

/** Whether the mail server answers and lets us in; nothing is sent. */
export async function mailChecks(
  url: string | undefined,
  tls: 'required' | 'if_offered' | 'off' | undefined,
): Promise<readonly Check[]> {
  if (url === undefined) {
    const next = 'Set SMTP_URL=smtp://user:password@host:587, or start the local mail sink with: npx bina up'
    return [warn('mail', 'No mail server is known, so no report can leave.', next)]
  }
  try {
    const { host, port } = parseSmtpUrl(url)
    const mailer = createSmtpMailer({
      url,
      ...(tls === undefined ? {} : { tls }),
      connectTimeoutMs: 5_000,
      silenceTimeoutMs: 10_000,
    })
    try {
      return [mailCheck(`${host}:${port}`, await mailer.check())]
    } finally {
      await mailer.close()
    }
  } catch (error) {
    if (!(error instanceof SmtpUrlError)) throw error
    return [
      fail(
        'mail',
        `SMTP_URL cannot be used: ${error.message}`,
        'Example: SMTP_URL=smtp://user:CHANGEME@mail.example:587',
      ),
    ]
  }
}

export function mailCheck(
  address: string,
  answer: { readonly ok: true } | { readonly ok: false; readonly code: string; readonly reply: string },
): Check {
  if (answer.ok) return ok('mail', `The mail server at ${address} answers and lets us in.`)
  const { code, reply } = answer
  if (code === 'EAUTH' || /^53[0458]$/.test(code)) {
    const message = `The mail server at ${address} refuses the login (${reply}).`
    return fail('mail', message, 'Correct user and password in SMTP_URL.')
  }
  // nodemailer's own names say less than the system's code, which stands in the text.
  const system = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/.exec(
    `${code} ${reply}`,
  )?.[1]
  const fault = networkFault(system, { server: 'the mail server', address, variable: 'SMTP_URL' })
  if (fault !== undefined) return fail('mail', fault.message, fault.next)
  if (/wrong version number|SSL routines/.test(reply)) {
    const message = `The mail server at ${address} does not speak TLS from the first byte, as smtps:// wants.`
    return fail('mail', message, 'Begin SMTP_URL with smtp://, or name the port that speaks TLS, mostly 465.')
  }
  return fail(
    'mail',
    `The mail server at ${address} does not take us (${code}: ${reply}).`,
    'Correct SMTP_URL, or ask who runs it.',
  )
}
