import type { MessagePlace } from './arrived-message.ts'

/** An accepted message whose identity belongs to an earlier one that says something else. */
export interface LosingMessage extends MessagePlace {
  /** Its number in the order of messages, as decimal text: it names the message. */
  readonly precedence: string
  readonly contentHash: bigint
  /** Where the message lies that stands. */
  readonly standing: MessagePlace
}

/** What the tables still know of a losing event: the ids that it supersedes or withdraws, and its entity unless the winner shares it. */
export interface LosingEvent {
  readonly source: string
  readonly id: string
  readonly entities: readonly string[]
  readonly targetIds: readonly string[]
}

export interface ConflictLook {
  /** Those that nobody has set aside yet, at most a few thousand. */
  readonly losers: readonly LosingMessage[]
  /** Until when, by the server's clock, everything settled was looked at, once these losers are set aside; absent when there are more. */
  readonly through: string | undefined
  /** True when nothing remains to be looked at. */
  readonly isLast: boolean
}

export interface ConflictLetter extends MessagePlace {
  readonly atMs: number
  readonly detail: string
  readonly key: Buffer | null
  readonly headersJson: string
  readonly value: Buffer | null
}

/** Finds and keeps the messages that lost their identity. Every write may be repeated: the effect is that of once. */
export interface ConflictLog {
  look(): Promise<ConflictLook>
  setLookedThrough(through: string): Promise<void>
  /** By precedence; slow, for messages that the broker no longer has. */
  losingEvents(losers: readonly LosingMessage[]): Promise<ReadonlyMap<string, LosingEvent>>
  /** From now on no fold counts these. */
  exclude(losers: readonly (LosingMessage & { readonly source: string; readonly id: string })[]): Promise<void>
  /** Keeps them among the dead letters; `look` does not find them again. */
  setAside(letters: readonly ConflictLetter[]): Promise<void>
}
