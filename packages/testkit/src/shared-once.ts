interface Shared<T> {
  readonly value: Promise<T>
  users: number
}

/**
 * Makes a value for its first user and ends it after its last, also when the users are copies of one module: vitest loads a global
 * set-up anew for each project, and two projects in one run shall not start the servers twice.
 */
export async function joinShared<T extends { stop(): Promise<void> }>(
  name: string,
  make: () => Promise<T>,
): Promise<{ readonly value: T; readonly leave: () => Promise<void> }> {
  const places = globalThis as unknown as Record<symbol, Shared<T> | undefined>
  const place = Symbol.for(name)
  const shared = places[place] ?? { value: make(), users: 0 }
  places[place] = shared
  shared.users++
  const leave = async () => {
    shared.users--
    if (shared.users > 0) return
    places[place] = undefined
    await (await shared.value).stop()
  }
  try {
    return { value: await shared.value, leave }
  } catch (error) {
    places[place] = undefined
    throw error
  }
}
