export interface SmtpServerAddress {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (`smtps:`), as against STARTTLS. */
  readonly secure: boolean
  readonly auth: { readonly user: string; readonly pass: string } | undefined
}

/** The setting is wrong, not the world: say so before the first mail. The password is never part of the message. */
export class SmtpUrlError extends Error {
  readonly code = 'bad_smtp_url'
}

const EXPECTED = 'expected smtp://[user:password@]host[:port] or smtps://...'

/**
 * Port 587 for `smtp:`, 465 for `smtps:`. A query is an error: it could switch off what the mailer's own settings demand.
 * @throws SmtpUrlError
 */
export function parseSmtpUrl(text: string): SmtpServerAddress {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new SmtpUrlError(`not a URL, ${EXPECTED}`)
  }
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw new SmtpUrlError(`unknown scheme ${url.protocol}, ${EXPECTED}`)
  if (url.hostname === '') throw new SmtpUrlError(`no host, ${EXPECTED}`)
  if (url.search !== '' || url.hash !== '' || (url.pathname !== '' && url.pathname !== '/')) {
    throw new SmtpUrlError(`nothing may follow host and port, ${EXPECTED}`)
  }
  if ((url.username === '') !== (url.password === ''))
    throw new SmtpUrlError(`user and password go together, ${EXPECTED}`)
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    auth: url.username === '' ? undefined : { user: decoded(url.username), pass: decoded(url.password) },
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new SmtpUrlError('user or password has a % that encodes nothing; write a percent sign as %25')
  }
}

/** Bytes to a loopback address do not leave the machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
