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
      await stopOne(component).catch((error: unknown) => errors.push(error))
    }
    throwUnclean(errors)
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

/** Parts that feed nothing of each other's: they start in order, and a stop tells all of them at once, so that none drains only when another
 *  has finished a look of its own. */
export function together(name: string, parts: readonly Component[]): Component {
  const running: Component[] = []
  const stop = async () => {
    const ends = await Promise.allSettled(running.splice(0).map((part) => stopOne(part)))
    throwUnclean(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])))
  }
  return {
    name,
    start: async (signal) => {
      // Undone one after the other where one does not start, as anything else.
      await startAll(parts, signal)
      running.push(...parts)
    },
    stop,
  }
}

async function stopOne(component: Component): Promise<void> {
  try {
    await component.stop()
  } catch (cause) {
    throw new Error(`${component.name} did not stop cleanly`, { cause })
  }
}

function throwUnclean(errors: readonly unknown[]): void {
  if (errors.length > 0) throw new AggregateError(errors, 'unclean shutdown')
}
