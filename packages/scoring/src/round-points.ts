/**
 * Scores and their terms (0 to 100) leave with 4 decimals, measures with 6, a share of a point each. No finer: sums of means come in any
 * order from the store, and the last bits of a logarithm differ between machines, but the same figures must come out everywhere.
 */
export function roundPoints(points: number): number {
  return Math.round(points * 1e4) / 1e4
}

export function roundMeasure(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
