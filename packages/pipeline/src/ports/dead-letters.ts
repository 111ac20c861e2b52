/** A message set aside with its original bytes. */
export interface DeadLetter {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly atMs: number
  readonly reason: string
  readonly detail: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}

export interface DeadLetters {
  publish(letters: readonly DeadLetter[]): Promise<void>
}
