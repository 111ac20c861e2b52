import jStat from 'jstat'

/** The x below which a Beta(a, b) lies with the given probability; a and b above 0. Good to 6 decimals, whatever the counts. */
export function betaQuantile(probability: number, a: number, b: number): number {
  // So many observations leave no width that 6 decimals could show, and jstat may answer NaN.
  if (a + b > 1e14) return a / (a + b)
  return jStat.beta.inv(probability, a, b)
}

/** The same of a Gamma(shape) of scale 1; beyond a million, where jstat loses its way, by the first terms of Cornish and Fisher. */
export function gammaQuantile(probability: number, shape: number): number {
  if (shape < 1e6) return jStat.gamma.inv(probability, shape, 1)
  const z = jStat.normal.inv(probability, 0, 1)
  return shape + z * Math.sqrt(shape) + (z * z - 1) / 3
}
