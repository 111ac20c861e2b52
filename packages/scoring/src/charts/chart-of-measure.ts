import type { MeasureId } from '../measure-id.ts'

/** Which way is good. `neutral`: a change is shown, and is neither improvement nor concern. */
export type Better = 'higher' | 'lower' | 'neutral'

/**
 * How the weeks of a measure are charted (domain.md 2.2): `share` on p', and where weeks are too small for it and `rare` is named, on g by
 * the cases between two of the rare ones; `rate` on u'; `mean` on limits from the spread of single answers; `value` on XmR; `gap` on t.
 */
export type ChartFamily =
  | { readonly family: 'share'; readonly rare?: 'successes' | 'failures' }
  | { readonly family: 'rate' | 'mean' | 'value' | 'gap' }

export type MeasureChart = ChartFamily & { readonly better: Better }

/**
 * p' is drawn where a week of the baseline has, on average, so many of the rarer kind. The usual word is 5 (domain.md 2.2), but the g chart
 * that would take its place is meant for rare events: where 3 of 10 fail it gave false alarms in 15 % of the weeks, p' in 1 %.
 */
export const CASES_FOR_SHARES = 1

/** B1 has no good side: leave and duty are nobody's fault. Waiting, exclusions and reopenings can hide work undone, so more of them is a concern. */
export const MEASURE_CHARTS = {
  A1: { family: 'share', better: 'higher' },
  A2: { family: 'share', better: 'higher' },
  A3: { family: 'share', better: 'higher' },
  A4: { family: 'value', better: 'lower' },
  B1: { family: 'share', better: 'neutral' },
  B4: { family: 'share', rare: 'successes', better: 'lower' },
  S2: { family: 'share', rare: 'failures', better: 'higher' },
  S5: { family: 'mean', better: 'higher' },
  S6: { family: 'mean', better: 'higher' },
  S8: { family: 'share', rare: 'successes', better: 'lower' },
  S10: { family: 'share', rare: 'successes', better: 'lower' },
  S11: { family: 'gap', better: 'higher' },
  S12: { family: 'rate', better: 'neutral' },
} as const satisfies Partial<Record<MeasureId, MeasureChart>>

export type ChartedMeasure = keyof typeof MEASURE_CHARTS

export const isCharted = (measure: string): measure is ChartedMeasure => Object.hasOwn(MEASURE_CHARTS, measure)
