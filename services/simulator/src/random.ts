/** Draws that depend on nothing but the labels they were made with: the same city on every machine, in any order of asking. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform whole number in [0, below). */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  normal(mean: number, sd: number): number
  exponential(mean: number): number
  poisson(mean: number): number
  /** So many letters a to z: an opaque key that can never look like a number of a person. */
  letters(length: number): string
}

/** Four 32-bit words from a text (FNV-1a over four offsets, then murmur3's finisher): seeds that differ in one letter share nothing. */
function hash128(text: string): [number, number, number, number] {
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
  return [finish(a ^ (b >>> 7)), finish(b ^ (c >>> 11)), finish(c ^ (d >>> 13)), finish(d ^ (a >>> 5))]
}

function finish(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/** sfc32 (Chris Doty-Humphrey's small fast counter generator), seeded by the labels. */
export function createRandom(...labels: readonly (string | number)[]): Random {
  let [a, b, c, d] = hash128(labels.join('\u0000'))

  function next(): number {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i += 1) next()

  function int(below: number): number {
    return Math.floor(next() * below)
  }

  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[int(items.length)]
      if (item === undefined) throw new RangeError('cannot pick from nothing')
      return item
    },
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const keys = Object.keys(weights) as K[]
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0)
      for (const key of keys) {
        left -= weights[key]
        if (left < 0) return key
      }
      const last = keys.at(-1)
      if (last === undefined) throw new RangeError('cannot pick from nothing')
      return last
    },
    normal: (mean, sd) => mean + sd * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson: (mean) => {
      const limit = Math.exp(-mean)
      let product = next()
      let count = 0
      while (product > limit) {
        product *= next()
        count += 1
      }
      return count
    },
    letters: (length) => Array.from({ length }, () => String.fromCharCode(97 + int(26))).join(''),
  }
}
