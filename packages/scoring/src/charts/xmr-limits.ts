import { type ControlLimits, limitsAround, meanOf } from './control-limits.ts'

export interface XmrOptions {
  /** Leave out moving ranges from 3.267 times their mean on, once, as the R package of the NHS does and its spreadsheet does not. */
  readonly screened?: boolean
  readonly least?: number
}

export interface XmrLimits extends ControlLimits {
  readonly meanMovingRange: number
}

/**
 * Limits of single values: mean +/- 2.66 times the mean moving range (domain.md 2.1; Wheeler 1993). Undefined below two values.
 * Unscreened unless asked: on a quiet chart of 24 weeks screening raises the share of false alarms from 1.4 to 1.6 %.
 */
export function xmrLimits(baseline: readonly number[], options: XmrOptions = {}): XmrLimits | undefined {
  if (baseline.length < 2) return undefined
  const ranges = baseline.slice(1).map((value, i) => Math.abs(value - (baseline[i] ?? value)))
  const all = meanOf(ranges)
  const kept = options.screened === true ? ranges.filter((range) => range < 3.267 * all) : ranges
  const meanMovingRange = kept.length > 0 ? meanOf(kept) : all
  return { ...limitsAround(meanOf(baseline), 2.66 * meanMovingRange, options.least), meanMovingRange }
}
