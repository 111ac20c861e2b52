/** What a delivery status notification (RFC 3464) says of one recipient. */
export interface BouncedRecipient {
  /** As the mail server knew it at the end, and as it was written to where the notification says so. */
  readonly addresses: readonly string[]
  /** In small letters: `failed`, `delayed`, `delivered`, `relayed` or `expanded`. */
  readonly action: string
  /** As RFC 3463 has it: `5.1.1`. */
  readonly status: string
  /** What the last mail server answered; empty where it is not told. */
  readonly diagnostic: string
}

export interface Bounce {
  /** Of the mail that it is about, with angle brackets; absent where the notification does not hold it. */
  readonly messageId?: string
  readonly recipients: readonly BouncedRecipient[]
}
