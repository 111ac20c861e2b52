/** Remembers what a pure function gave for a key, up to `limit` keys; then it forgets all and begins again, so that memory stays flat. */
export function createMemory<T>(limit: number): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= limit) known.clear()
    const made = make()
    known.set(key, made)
    return made
  }
}
