export interface MailAttachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Uint8Array
  /** Of a picture that the HTML shows as `cid:...`; absent for a file. */
  readonly cid?: string
}

export interface ReportMail {
  readonly from: string
  readonly to: string
  readonly replyTo?: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly messageId: string
  readonly attachments?: readonly MailAttachment[]
  /** Address at which one POST ends these mails (RFC 8058). */
  readonly unsubscribeUrl?: string
}

/** One attempt to hand over one mail. Never rejects for what a mail server does: `refused` is final, `try_later` is not. */
export interface ReportMailer {
  send(mail: ReportMail): Promise<
    | { readonly kind: 'sent' | 'try_later'; readonly reply: string }
    /** `hardBounce`: the server said that there is no such mailbox, so no other mail will get there either. */
    | { readonly kind: 'refused'; readonly reply: string; readonly hardBounce: boolean }
  >
}
