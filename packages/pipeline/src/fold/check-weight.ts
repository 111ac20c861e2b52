/** Weights of a day's spot checks in roll-ups (C1, domain.md 5.2), in whole millionths, so that sums have no order. */
export interface CheckWeights {
  readonly confirmed: number
  readonly all: number
  /** The squares of the weights added up: what an interval loses by their being uneven (Kish). */
  readonly squared: number
}

const millionths = 1_000_000
// A chance below one in a thousand is a slip of whoever wrote it sooner than a draw, and one such check would be the whole city's figure.
const leastChance = 0.001

export interface WeighedCheck {
  readonly outcome: 'confirmed' | 'not_found' | 'unreachable' | 'invalid'
  readonly inclusionProbability: number | undefined
}

/** A check stands for 1 / pi checks of its area, pi being the chance with which it was drawn; one without a chance for itself alone. */
export function checkWeightsOf(checks: readonly WeighedCheck[]): CheckWeights {
  let [confirmed, all, squared] = [0, 0, 0]
  for (const { outcome, inclusionProbability = 1 } of checks) {
    if (outcome === 'invalid') continue
    const weight = 1 / Math.max(leastChance, inclusionProbability)
    if (outcome === 'confirmed') confirmed += Math.round(weight * millionths)
    all += Math.round(weight * millionths)
    squared += Math.round(weight * weight * millionths)
  }
  return { confirmed, all, squared }
}
