/** One attempt to hand over one mail. Never rejects for what a mail server does: `refused` is final, `try_later` is not. */
export interface ReportMailer {
  send(mail: {
    readonly from: string
    readonly to: string
    readonly replyTo?: string
    readonly subject: string
    readonly html: string
    readonly text: string
    readonly messageId: string
  }): Promise<{ readonly kind: 'sent' | 'refused' | 'try_later'; readonly reply: string }>
}
