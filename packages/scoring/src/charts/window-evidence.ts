import { TRIAL_UNDER } from './baseline.ts'

/** Recent spans, in points, that are held against the baseline: a sudden change shows in the first, a slow one in the last. */
export const EVIDENCE_SPANS = [1, 2, 4, 6] as const
/** The baseline of a p-value: the chart's first points, so many at most, none of them recent. */
export const EVIDENCE_BASELINE = 24

/** Places in a list of points: the first, and the one behind the last. */
export type Span = readonly [from: number, to: number]

/** Probability of such a difference where nothing has changed. Where it is `least` or more, any number not below `least` will do. */
export type SpanTest = (recent: Span, baseline: Span, least: number) => number

/**
 * The p-value of the point at `newest`: of its spans against the baseline the smallest, times their number (Bonferroni), so that looking
 * at several spans makes no alarm likelier. Undefined while fewer than 12 points lie before every span: then there is nothing to hold it against.
 */
export function windowEvidence(newest: number, test: SpanTest): number | undefined {
  const spans = EVIDENCE_SPANS.filter((span) => newest + 1 - span >= TRIAL_UNDER)
  if (spans.length === 0) return undefined
  let least = 1 / spans.length
  for (const span of spans) {
    const from = newest + 1 - span
    least = Math.min(least, test([from, newest + 1], [0, Math.min(EVIDENCE_BASELINE, from)], least))
  }
  return least * spans.length
}
