/** Where a message lies: the contract's name of the topic, its partition and offset. */
export interface MessagePlace {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** A message as the broker gave it. */
export interface ArrivedMessage extends MessagePlace {
  readonly recordAtMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}
