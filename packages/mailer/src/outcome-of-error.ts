import type { SendOutcome } from './mailer.ts'

type Failure = Exclude<SendOutcome, { readonly kind: 'sent' }>

/** What nodemailer says of a failed attempt. */
interface SmtpError {
  readonly code?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
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
  const { code, responseCode, response, message }: SmtpError = typeof error === 'object' && error !== null ? error : {}
  const isAboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const status = typeof responseCode === 'number' ? responseCode : undefined
  const reply = shortLine(
    typeof response === 'string' ? response : typeof message === 'string' ? message : String(error),
  )
  const name = status === undefined ? (typeof code === 'string' ? code : 'unknown') : String(status)
  // Without a status it was nodemailer that found the envelope wrong or the mail larger than the server takes.
  const isFinal = status === undefined || (status >= 500 && !ABOUT_OUR_LOGIN.has(status))
  return { kind: isAboutTheMail && isFinal ? 'refused' : 'try_later', code: name, reply }
}

function shortLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REPLY)
}
