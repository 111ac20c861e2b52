import { createTransport } from 'nodemailer'
import { parseMailAddress } from './mail-address.ts'
import type { Mail, Mailer } from './mailer.ts'
import { outcomeOfError } from './outcome-of-error.ts'
import { isLoopback, parseSmtpUrl } from './smtp-url.ts'

export interface SmtpConfig {
  /** `smtp://user:password@host:587`, `smtps://...` */
  readonly url: string
  /**
   * Of `smtp:`: `required` STARTTLS (the default, but for loopback), `if_offered`, or `off` (the default for loopback).
   * A certificate that does not hold is always a fault.
   */
  readonly tls?: 'required' | 'if_offered' | 'off'
  /** PEM of the authorities to trust in place of the well-known ones. */
  readonly certificateAuthorities?: string
  /** How many mails are on their way at once. Default 2. */
  readonly maxConnections?: number
  /** Default: no limit. */
  readonly maxMailsPerSecond?: number
  /** For the connection and the greeting, each. Default 10 s. */
  readonly connectTimeoutMs?: number
  /** Of silence, once connected. Default 60 s. */
  readonly silenceTimeoutMs?: number
  /** For one attempt as a whole, against a server that keeps trickling. Default 5 min. */
  readonly attemptTimeoutMs?: number
}

/** What was to be sent could never be a mail: a fault of ours, to be mended in the settings or the code. */
export class MailError extends Error {
  readonly code = 'bad_mail'
}

const MESSAGE_ID = /^<[^<>\s@]+@[^<>\s@]+>$/

/**
 * Sends by SMTP, one attempt for each call. Retries are the caller's, who writes each attempt down first: nodemailer's own are switched off,
 * as they would repeat a mail that the server may have taken.
 * @throws SmtpUrlError
 */
export function createSmtpMailer(config: SmtpConfig): Mailer {
  const { attemptTimeoutMs = 300_000 } = config
  const transport = createTransport(transportOptions(config))
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false

  async function attempt(mail: Mail) {
    const to = parseMailAddress(mail.to)
    if (to === undefined) return { kind: 'refused', code: 'bad_address', reply: 'not one mail address' } as const
    const message = messageOf(mail, to.address)
    try {
      const { response } = await transport.sendMail({ ...message, signal: AbortSignal.timeout(attemptTimeoutMs) })
      return { kind: 'sent', reply: response } as const
    } catch (error) {
      return outcomeOfError(error)
    }
  }

  return {
    async send(mail) {
      if (isClosed) return { kind: 'try_later', code: 'closed', reply: 'the mailer is closed' }
      const sending = attempt(mail)
      underWay.add(sending)
      try {
        return await sending
      } finally {
        underWay.delete(sending)
      }
    },
    async check() {
      try {
        await transport.verify()
        return { ok: true }
      } catch (error) {
        const { code, reply } = outcomeOfError(error)
        return { ok: false, code, reply }
      }
    },
    async close() {
      isClosed = true
      await Promise.allSettled(underWay)
      transport.close()
    },
  }
}

function transportOptions(config: SmtpConfig) {
  const { host, port, secure, auth } = parseSmtpUrl(config.url)
  const { tls = isLoopback(host) ? 'off' : 'required', connectTimeoutMs = 10_000, silenceTimeoutMs = 60_000 } = config
  return {
    pool: true,
    host,
    port,
    secure,
    ...(auth === undefined ? {} : { auth }),
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    tls: {
      minVersion: 'TLSv1.2',
      ...(config.certificateAuthorities === undefined ? {} : { ca: config.certificateAuthorities }),
    },
    maxConnections: config.maxConnections ?? 2,
    maxRequeues: 0,
    ...(config.maxMailsPerSecond === undefined ? {} : { rateLimit: config.maxMailsPerSecond, rateDelta: 1_000 }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const
}

function messageOf(mail: Mail, to: string) {
  const from = parseMailAddress(mail.from)
  const replyTo = mail.replyTo === undefined ? undefined : parseMailAddress(mail.replyTo)
  if (from === undefined) throw new MailError('`from` is not one mail address')
  if (mail.replyTo !== undefined && replyTo === undefined) throw new MailError('`replyTo` is not one mail address')
  if (!MESSAGE_ID.test(mail.messageId)) throw new MailError('`messageId` is not of the form <left@right>')
  return {
    from,
    to: { name: '', address: to },
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    // Away notes and other robots stay silent: RFC 3834, and Exchange's own header, which knows nothing of it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
