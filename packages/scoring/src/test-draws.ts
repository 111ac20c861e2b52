// Tests only: draws with a seed, the same on every machine.

export type Draws = ReturnType<typeof createDraws>

export function createDraws(seed: number) {
  let state = seed
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  // After Marsaglia and Tsang (2000).
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
    }
  }
  const beta = (mean: number, weight: number) => {
    const a = gamma(mean * weight)
    return a / (a + gamma((1 - mean) * weight))
  }
  const binomial = (trials: number, share: number) => {
    let successes = 0
    for (let trial = 0; trial < trials; trial++) successes += Number(uniform() < share)
    return successes
  }
  /** How many come in a time in which on average so many do. */
  const poisson = (mean: number) => {
    const least = Math.exp(-mean)
    let count = 0
    for (let product = uniform(); product > least; product *= uniform()) count++
    return count
  }
  /** A whole number from `from` to `to`, both included. */
  const between = (from: number, to: number) => from + Math.floor(uniform() * (to - from + 1))
  return { uniform, normal, gamma, beta, binomial, poisson, between }
}
