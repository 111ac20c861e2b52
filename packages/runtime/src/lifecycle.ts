/** Something that runs: a server, a consumer, a timer. A start() that throws has cleaned up after itself. */
export interface Component {
  readonly name: string
  /** A start that may last rejects when the signal is aborted. */
  start(signal?: AbortSignal): Promise<void>
  stop(): Promise<void>
}

/** Starts in order and undoes what was started when one fails. The returned function stops in reverse order, tries every
 *  one, then reports; calling it twice stops once. List sources last, so that they stop first. Once the signal is aborted nothing more is
 *  started. */
export async function startAll(components: readonly Component[], signal?: AbortSignal): Promise<() => Promise<void>> {
  const started: Component[] = []
  const stopAll = async () => {
    const errors: unknown[] = []
    for (const component of started.splice(0).reverse()) {
      try {
        await component.stop()
      } catch (cause) {
        errors.push(new Error(`${component.name} did not stop cleanly`, { cause }))
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'unclean shutdown')
  }
  for (const component of components) {
    try {
      signal?.throwIfAborted()
      await component.start(signal)
      started.push(component)
    } catch (error) {
      await stopAll().catch((unclean: unknown) => {
        throw new AggregateError([error, unclean], `${component.name} did not start, and the undoing failed too`)
      })
      throw error
    }
  }
  return stopAll
}
