/** What became of one message at one offset; instants in epoch milliseconds. */
export type SettledMessage = SettledEvent | SettledDeadLetter

interface Position {
  readonly topic: string
  /** Rank of the topic among Bina's, so that "earlier topic" means the same to everybody. */
  readonly topicRank: number
  readonly partition: number
  readonly offset: number
  readonly recordAtMs: number
  readonly ingestedAtMs: number
}

export interface SettledEvent extends Position {
  readonly outcome: 'event'
  readonly source: string
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly occurredAtMs: number
  readonly unitId: string
  readonly entity: string
  readonly supersedes: string
  readonly withdraws: string
  /** JSON text. */
  readonly data: string
  readonly contentHash: bigint
}

export interface SettledDeadLetter extends Position {
  readonly outcome: 'dead_letter'
  readonly reason: string
  readonly detail: string
  readonly key: Buffer | null
  readonly headersJson: string
  readonly value: Buffer | null
}

/** Offsets that hold nothing to read, first and last included: marks that end transactions, messages of aborted ones. */
export interface EmptyOffsets {
  readonly topic: string
  readonly partition: number
  readonly first: number
  readonly last: number
}

/** What became of the messages of one batch, gathered to be kept at once. */
export interface IngestBatch {
  /** Takes what it needs of it: the object is not kept, since so many live objects cost more than what is done with them. */
  add(message: SettledMessage): void
  /** Resolves when all that was added is durable. May be called again, and the same be gathered and sent again: the effect is that of once. */
  settle(): Promise<void>
}

export interface IngestLog {
  begin(): IngestBatch
  /** Resolves when it is durable that nobody can settle these; the same may be sent again, and ranges may overlap. */
  passOver(empty: readonly EmptyOffsets[]): Promise<void>
}
