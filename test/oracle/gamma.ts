/**
 * Quantiles of the Gamma distribution of scale 1 by plain numerical integration. With x = t^2 its density becomes
 * t^(2a-1) e^(-t^2), which is smooth for every a >= 1/2.
 */
export function gammaQuantile(probability: number, shape: number): number {
  const power = 2 * shape - 1
  const mode = Math.sqrt(power / 2)
  const peak = power === 0 ? 0 : power * Math.log(mode) - mode * mode
  const density = (t: number) => (t === 0 ? (power === 0 ? 1 : 0) : Math.exp(power * Math.log(t) - t * t - peak))
  const from = Math.max(0, mode - 8)
  const step = (mode + 8 - from) / 8192
  const sums = [0]
  for (let cell = 0; cell < 8192; cell++) {
    const t = from + cell * step
    sums.push((sums[cell] ?? 0) + (density(t) + 4 * density(t + step / 2) + density(t + step)) * (step / 6))
  }
  const wanted = probability * (sums.at(-1) ?? Number.NaN)
  const cell = sums.findIndex((sum) => sum >= wanted) - 1
  const [below = 0, above = 0] = sums.slice(cell, cell + 2)
  const t = from + (cell + (wanted - below) / (above - below)) * step
  return t * t
}
