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
  /** Signs each mail, so that a receiver can see that it is the city's own: RFC 6376. */
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly privateKey: string }
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
    if (to === undefined)
      return { kind: 'refused', code: 'bad_address', reply: 'not one mail address', hardBounce: true } as const
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
    ...(config.dkim === undefined ? {} : { dkim: dkimOptions(config.dkim) }),
    ...(config.maxMailsPerSecond === undefined ? {} : { rateLimit: config.maxMailsPerSecond, rateDelta: 1_000 }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const
}

// Over what nodemailer signs by itself, and over the header that makes unsubscribing one click: RFC 8058 wants it signed.
const signedHeaders =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted'

function dkimOptions({ domain, selector, privateKey }: NonNullable<SmtpConfig['dkim']>) {
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedHeaders }
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
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(mail.unsubscribeUrl === undefined ? {} : unsubscribeHeaders(mail.unsubscribeUrl)),
    },
    attachments: (mail.attachments ?? []).map(({ filename, contentType, content, cid }) => ({
      filename,
      contentType,
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      ...(cid === undefined ? {} : { cid, contentDisposition: 'inline' as const }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

// The POST that a mail client makes names nobody but the link, so the link alone says who it is for.
function unsubscribeHeaders(url: string): Readonly<Record<string, string>> {
  if (!/^https?:\/\/[!-;=?-~]+$/.test(url)) throw new MailError('`unsubscribeUrl` is not one http address')
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}
