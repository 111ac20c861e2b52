/** A mailbox that takes no mail. */
export interface Suppression {
  /** In small letters. */
  readonly recipient: string
  /** The run in which it came up; '' when an operator told. */
  readonly runId: string
  readonly reason: string
  readonly updatedAtMs: number
}

export interface Suppressions {
  /** Those that stand. */
  list(): Promise<readonly Suppression[]>
  add(suppression: Omit<Suppression, 'updatedAtMs'>): Promise<void>
  /** Mail is sent to it again. */
  lift(recipient: string): Promise<void>
}
