/**
 * Draws that depend on nothing but the labels they were made with: the same city on every machine, in any order of
 * asking.
 * The four words of sfc32; plain state and free functions, since a city makes one for each of its days and events.
 */
export interface Random {
  a: number
  b: number
  c: number
  d: number
}

/** sfc32 (Chris Doty-Humphrey's small fast counter generator), seeded by the labels. */
export function createRandom(...labels: readonly (string | number)[]): Random {
  const random = hash128(labels.join('\u0000'))
  for (let i = 0; i < 12; i += 1) uniform(random)
  return random
}

/**
 * Four 32-bit words from a text (FNV-1a with four primes, then murmur3's finisher): seeds that differ in one letter
 * share nothing.
 */
function hash128(text: string): Random {
  let a = 0x811c9dc5
  let b = 0x01000193
  let c = 0x9e3779b9
  let d = 0x85ebca6b
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b)
    c = Math.imul(c ^ code, 0xc2b2ae35)
    d = Math.imul(d ^ code, 0x27d4eb2f)
  }
  return { a: finish(a ^ (b >>> 7)), b: finish(b ^ (c >>> 11)), c: finish(c ^ (d >>> 13)), d: finish(d ^ (a >>> 5)) }
}

function finish(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/** In [0, 1). */
export function uniform(random: Random): number {
  const t = (((random.a + random.b) | 0) + random.d) | 0
  random.d = (random.d + 1) | 0
  random.a = random.b ^ (random.b >>> 9)
  random.b = (random.c + (random.c << 3)) | 0
  random.c = (((random.c << 21) | (random.c >>> 11)) + t) | 0
  return (t >>> 0) / 4_294_967_296
}

/** A whole number in [0, below). */
export function wholeBelow(random: Random, below: number): number {
  return Math.floor(uniform(random) * below)
}

export function chance(random: Random, probability: number): boolean {
  return uniform(random) < probability
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[wholeBelow(random, items.length)]
  if (item === undefined) throw new RangeError('cannot pick from nothing')
  return item
}

/** One of the keys, as often as its weight says. */
export function weighted<K extends string>(random: Random, weights: Readonly<Record<K, number>>): K {
  const keys = Object.keys(weights) as K[]
  let left = uniform(random) * keys.reduce((sum, key) => sum + weights[key], 0)
  for (const key of keys) {
    left -= weights[key]
    if (left < 0) return key
  }
  // Only rounding leads here.
  return pick(random, keys.slice(-1))
}

export function normal(random: Random, mean: number, sd: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(random)))
  return mean + sd * radius * Math.cos(2 * Math.PI * uniform(random))
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - uniform(random))
}

/** For small means: one draw for each thing counted. */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let product = uniform(random)
  let count = 0
  while (product > limit) {
    product *= uniform(random)
    count += 1
  }
  return count
}

/** So many letters a to z: an opaque key that can never look like a number of a person. */
export function letters(random: Random, length: number): string {
  let text = ''
  for (let i = 0; i < length; i += 1) text += String.fromCharCode(97 + wholeBelow(random, 26))
  return text
}
