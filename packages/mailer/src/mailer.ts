export interface Attachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Uint8Array
  /** Of a picture that the HTML shows as `cid:...`; absent for a file. */
  readonly cid?: string
}

/** One message to one recipient: there is no list of recipients, so nobody sees who else got it. */
export interface Mail {
  /** `Bina <bina@example.go.id>` or a bare address. */
  readonly from: string
  readonly to: string
  readonly replyTo?: string
  readonly subject: string
  readonly html: string
  readonly text: string
  /** With its angle brackets; the same for every attempt of one delivery. */
  readonly messageId: string
  readonly attachments?: readonly Attachment[]
  /** https address at which one POST ends these mails: RFC 8058. */
  readonly unsubscribeUrl?: string
}

/**
 * What became of one attempt, as the mail server said it.
 * `refused`: this mail will never be taken; do not send it again.
 * `try_later`: nothing is known to be wrong with this mail; the server is away, busy, or does not let us in. After a
 * connection lost in mid-sending the server may have taken the mail all the same: its Message-ID tells the repeat.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly reply: string }
  /** `hardBounce`: the server says that there is no such mailbox, so no other mail will get there either. */
  | { readonly kind: 'refused'; readonly code: string; readonly reply: string; readonly hardBounce: boolean }
  | { readonly kind: 'try_later'; readonly code: string; readonly reply: string }

export interface Mailer {
  /** Never rejects for what a mail server or a network does. */
  send(mail: Mail): Promise<SendOutcome>
  /** Whether the server answers and lets us in; sends nothing. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly code: string; readonly reply: string }>
  /** Waits for what is under way, then closes the connections. A send after it is `try_later`. */
  close(): Promise<void>
}
