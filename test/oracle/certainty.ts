import type { Score } from './scores.ts'

/**
 * What may be compared of a score whose interval is known up to `slack` points at either end: the confidence hangs
 * on the width, the band on the ends, the value on whether the width hides it.
 */
export function certaintyOf(
  score: Pick<Score, 'lower80' | 'upper80' | 'confidence'>,
  slack = 0.25,
): { readonly value: boolean; readonly confidence: boolean; readonly band: boolean } {
  const width = score.upper80 - score.lower80
  const far = (from: number, cuts: readonly number[], by: number) => cuts.every((cut) => Math.abs(from - cut) > by)
  const hidden = score.confidence === 'hidden'
  const hiddenForFewCases = hidden && width <= 35 - 2 * slack
  const shownOrNot = hiddenForFewCases || far(width, [35], 2 * slack)
  const endsAreClear = far(score.lower80, [60, 80], slack) && far(score.upper80, [60, 80], slack)
  return {
    value: shownOrNot,
    confidence: hiddenForFewCases || far(width, [10, 20, 35], 2 * slack),
    band: shownOrNot && (hidden || endsAreClear),
  }
}
