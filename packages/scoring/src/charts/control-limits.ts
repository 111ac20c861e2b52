/** The lines of one point of a chart. The near lines lie at two thirds of the way from the centre to the limits. */
export interface ControlLimits {
  readonly centre: number
  readonly lower: number
  readonly upper: number
  readonly nearLower: number
  readonly nearUpper: number
}

/** A point and the lines it is held against; on Laney's charts each point has its own, by its own size. */
export interface ChartPoint extends ControlLimits {
  readonly value: number
  /** So near to the centre a value lies on it: half a case where cases are counted, since no whole number could come nearer. */
  readonly onCentre?: number
}

/** Lines at `reach` on either side of the centre, cut off where no value can be. */
export function limitsAround(centre: number, reach: number, least = -Infinity, most = Infinity): ControlLimits {
  return {
    centre,
    lower: cut(centre - reach, least, most),
    upper: cut(centre + reach, least, most),
    nearLower: cut(centre - (2 / 3) * reach, least, most),
    nearUpper: cut(centre + (2 / 3) * reach, least, most),
  }
}

function cut(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

export const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
