import type { Understood } from '@bina/pipeline/score/touched-message'
import type { Logger } from '@bina/runtime/logger'

interface TouchMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly value: Buffer | null
}

/** What a batch of an internal topic says; what nobody can read is counted by entries, and the log says where it stands. */
export function createPassOverNonsense<T>(deps: {
  readonly decode: (value: Buffer | null) => Understood<T>
  readonly count: (entries: number) => void
  readonly log: Pick<Logger, 'warn'>
}): (batch: readonly TouchMessage[]) => readonly T[] {
  return (batch) =>
    batch.map(({ topic, partition, offset, value }) => {
      const { said, nonsense } = deps.decode(value)
      if (nonsense > 0) {
        deps.count(nonsense)
        deps.log.warn({ topic, partition, offset, entries: nonsense }, 'entries that nobody can read were passed over')
      }
      return said
    })
}
