import type { MeasureId, WindowName } from './measure-id.ts'

/** What was counted. S5, S6: the numerator is a sum of means of 0 to 1, the denominator respondents (readings.md 24). A4: minutes over days. */
export interface Counts {
  readonly numerator: number
  readonly denominator: number
  /** A1 to A3: the sum over the people of the square of each one's days in the denominator; absent where nothing is known of persons. */
  readonly squaredDays?: number | undefined
}

/** The counts of one unit and week; zeroes where nothing was counted. */
export type CountsOf = (measure: MeasureId, window: WindowName) => Counts
