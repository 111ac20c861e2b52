/** Where a message stands. */
export interface Placed {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface NameRefusedDeps<T extends Placed> {
  /** Keeps a batch, or any part of one. */
  readonly settle: (batch: readonly T[]) => Promise<void>
  /** True when the store took the query and refused what stands in its rows. */
  readonly isDataFault: (error: unknown) => boolean
}

/** The store refused rows that were checked before: a bug of ours, so nothing is set aside for it. `places` may be cut short. */
export class RefusedRowsError extends Error {
  override readonly name = 'RefusedRowsError'
  readonly places: readonly string[]

  constructor(places: readonly string[], isCutShort: boolean, cause: unknown) {
    super(
      `the store refuses what stands in ${isCutShort ? 'more than ' : ''}${places.length} of these rows, though they were checked: ${places.join('; ')}. ` +
        'That is a bug of Bina and no fault of the events: they stay in Kafka and are stored by a version that mends it. Please report these places',
      { cause },
    )
    this.places = places
  }
}

/** Enough to see what they have in common; a store that refuses every row shall not be asked for each. */
const namedAtMost = 10

/**
 * Settles as the log does. Where the store refuses the rows for what stands in them, the good ones are kept all the same, and those that are
 * refused are named by topic, partition and offset in the RefusedRowsError that is thrown: nobody may commit past them.
 */
export function createNameRefused<T extends Placed>({
  settle,
  isDataFault,
}: NameRefusedDeps<T>): (batch: readonly T[]) => Promise<void> {
  return async (messages) => {
    try {
      await settle(messages)
    } catch (error) {
      if (!isDataFault(error)) throw error
      const refused: T[] = []
      const halve = async (rows: readonly T[], reason: unknown): Promise<unknown> => {
        if (refused.length >= namedAtMost) return reason
        if (rows.length === 1) {
          refused.push(...rows)
          return reason
        }
        const middle = Math.ceil(rows.length / 2)
        let last = reason
        for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
          try {
            await settle(half)
          } catch (cause) {
            if (!isDataFault(cause)) throw cause
            last = await halve(half, cause)
          }
        }
        return last
      }
      const cause = await halve(messages, error)
      // Each half alone was taken: what the store did not like has passed.
      if (refused.length === 0) return
      const places = refused.map(({ topic, partition, offset }) => `${topic}, partition ${partition}, offset ${offset}`)
      throw new RefusedRowsError(places, refused.length >= namedAtMost, cause)
    }
  }
}
