import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { freePort } from './free-port.ts'
import { createOutbox, type KeptMail } from './outbox.ts'
import { portTaken } from './running-server.ts'

const MAX_MAIL_BYTES = 25 * 1024 * 1024
const CLOSE_TIMEOUT_MS = 1_000

export interface SmtpSinkConfig {
  readonly outboxDir: string
  /** A free one when absent. */
  readonly port?: number
  /** Called when the mail is on disk and not yet answered; the answer waits for it. */
  readonly onMail?: (mail: KeptMail) => void | Promise<void>
  /** Called right after the answer 250 was handed to the network: what a sender does next, it does with the mail delivered. */
  readonly onAnswered?: (mail: KeptMail) => void
  /** Code with which a recipient is refused, such as 451 (try later) or 550 (no such mailbox); undefined takes the mail. */
  readonly refuse?: (recipient: string) => number | undefined
  /** Code with which a whole mail is refused after its content came; undefined takes it. It is not kept then. */
  readonly refuseContent?: (recipients: readonly string[]) => number | undefined
}

export interface SmtpSink {
  /** `smtp://127.0.0.1:port` */
  readonly url: string
  readonly port: number
  readonly outboxDir: string
  /** Every mail in the outbox, those of earlier runs too. */
  mails(): Promise<readonly KeptMail[]>
  stop(): Promise<void>
}

/**
 * A mail server on 127.0.0.1 that delivers to nobody: it keeps each mail in the outbox and answers 250 only when its files are on disk.
 * Throws LocalStackError port_taken.
 */
export async function startSmtpSink(config: SmtpSinkConfig): Promise<SmtpSink> {
  const outbox = createOutbox(config.outboxDir)
  const port = config.port ?? (await freePort())
  const server = new SMTPServer({
    // Loopback alone, so that there is nobody to hide from and nobody to tell apart.
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    logger: false,
    onRcptTo: ({ address }, _session, answer) => {
      const code = config.refuse?.(address)
      answer(code === undefined ? undefined : refusal(code, `${address} is refused`))
    },
    onData: (stream, session, answer) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      const take = async () => {
        const raw = await buffer(stream)
        if (stream.sizeExceeded) throw refusal(552, `a mail may have ${MAX_MAIL_BYTES} bytes at most`)
        const code = config.refuseContent?.(recipients)
        if (code !== undefined) throw refusal(code, 'the mail is refused')
        const mail = await outbox.keep(raw, recipients)
        await config.onMail?.(mail)
        return mail
      }
      take().then(
        (mail) => {
          answer(null, `kept as ${mail.emlFile}`)
          setImmediate(() => config.onAnswered?.(mail))
        },
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
      )
    },
  })
  await listen(server, port)
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    outboxDir: outbox.dir,
    mails: outbox.mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function listen(server: SMTPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error),
    )
    server.listen(port, '127.0.0.1', () => {
      // A client that goes away in the middle of a mail is an error event; it is that client's affair.
      server.on('error', () => {})
      resolve()
    })
  })
}

function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
