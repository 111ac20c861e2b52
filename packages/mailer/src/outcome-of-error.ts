import type { SendOutcome } from './mailer.ts'

type Failure = Exclude<SendOutcome, { readonly kind: 'sent' }>

/** What nodemailer says of a failed attempt. */
interface SmtpError {
  readonly code?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
  /** At which step it failed, such as `RCPT TO`. */
  readonly command?: unknown
  readonly message?: unknown
}

/** Said of our log-in, wherever the server says it: no mail is at fault, and all of them may go once the password is right. */
const ABOUT_OUR_LOGIN = new Set([530, 534, 535, 538])

const LONGEST_REPLY = 500

/**
 * Only a 5xx to this mail's envelope or content is final. A 4xx, a server that turns us away before the mail is named, a wrong password, TLS
 * that is not offered and every fault of the network leave the mail good, so it may be tried again.
 */
export function outcomeOfError(error: unknown): Failure {
  const { code, responseCode, response, message, command }: SmtpError =
    typeof error === 'object' && error !== null ? error : {}
  const isAboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const status = typeof responseCode === 'number' ? responseCode : undefined
  const reply = shortLine(
    typeof response === 'string' ? response : typeof message === 'string' ? message : String(error),
  )
  const name = status === undefined ? (typeof code === 'string' ? code : 'unknown') : String(status)
  // Without a status it was nodemailer that found the envelope wrong or the mail larger than the server takes.
  const isFinal = status === undefined || (status >= 500 && !ABOUT_OUR_LOGIN.has(status))
  if (!isAboutTheMail || !isFinal) return { kind: 'try_later', code: name, reply }
  return { kind: 'refused', code: name, reply, hardBounce: command === 'RCPT TO' && isAboutTheMailbox(reply) }
}

// RFC 3463: X.1.x is about the address, X.2.1 a mailbox that is closed; X.7.x is policy, and X.2.2 a full one: those pass.
function isAboutTheMailbox(reply: string): boolean {
  const [, code, enhanced] = /^(5\d\d)[ -](?:(5\.\d{1,3}\.\d{1,3})\b)?/.exec(reply) ?? []
  return enhanced === undefined ? code === '550' || code === '553' : /^5\.1\.|^5\.2\.1$/.test(enhanced)
}

function shortLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REPLY)
}
