/** A message as the broker gave it. `offset` is a whole number below 2^53; `recordAtMs` is the record's timestamp. */
export interface ReceivedMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly recordAtMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}
