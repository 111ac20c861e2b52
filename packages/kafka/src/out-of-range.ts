/** Thrown in place of the leap that kafkajs makes where the log no longer has what comes next. */
export class OutOfRangeError extends Error {
  override readonly name = 'OutOfRangeError'
  /** kafkajs tries no further. */
  readonly retriable = false

  constructor(topic: string, partition: number) {
    super(`${topic}, partition ${partition}: the broker does not have the offset that comes next`)
  }
}

/**
 * kafkajs commits its default offset when the next one is out of range, without asking anybody, and says so in its log alone, before it does.
 * So this is called with each of its log entries, and throws there.
 */
export function refuseLeap(entry: {
  readonly namespace: string
  readonly log: Readonly<Record<string, unknown>>
}): void {
  const { message, topic, partition } = entry.log
  if (entry.namespace !== 'ConsumerGroup' || message !== 'Offset out of range, resetting to default offset') return
  throw new OutOfRangeError(String(topic), Number(partition))
}

/** Whether this is why a consumer ended. */
export function isOutOfRange(error: unknown): boolean {
  return error instanceof OutOfRangeError || (error instanceof Error && isOutOfRange(error.cause))
}
