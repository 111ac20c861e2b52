/**
 * Remembers what a pure function gave for a key, up to `limit` keys, so that memory stays flat: when half of them are new, what was not asked
 * for since the half before is forgotten.
 */
export function createMemory<T>(limit: number): (key: string, make: () => T) => T {
  const half = Math.max(1, Math.floor(limit / 2))
  let [recent, before] = [new Map<string, T>(), new Map<string, T>()]
  return (key, make) => {
    const known = recent.get(key)
    if (known !== undefined) return known
    const made = before.get(key) ?? make()
    if (recent.size >= half) [recent, before] = [new Map(), recent]
    recent.set(key, made)
    return made
  }
}
