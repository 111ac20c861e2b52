import { createRandom, wholeBelow } from '@bina/simulator/random'

/** The same items in an order that depends on the seed alone. */
export function shuffle<T>(items: readonly T[], seed: string): readonly T[] {
  const random = createRandom(seed)
  const shuffled = [...items]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = wholeBelow(random, at + 1)
    const [a, b] = [shuffled[at], shuffled[other]]
    if (a !== undefined && b !== undefined) [shuffled[at], shuffled[other]] = [b, a]
  }
  return shuffled
}
