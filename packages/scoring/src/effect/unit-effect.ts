import {
  type CoachedSeries,
  type CoachedUnit,
  type CoachingEffect,
  notConcluded,
  pooledPoints,
} from './coached-series.ts'
import { conclude } from './conclude.ts'
import type { EffectRules } from './effect-rules.ts'
import { dot, leastSquares } from './least-squares.ts'
import { type SegmentedEffect, type SegmentedWeek, segmentedRegression } from './segmented-regression.ts'

/** From so many cases a week on, another case tells little more than the week's own ups and downs. */
const casesOfHalfWeight = 30

interface Fitted {
  readonly segmented: SegmentedEffect
  /** Points against the others before: in all those weeks, and in the recent ones against the rest. */
  readonly level: number
  readonly dip: number
}

/**
 * Whether one unit's coaching helped: segmented regression of its weeks, each held against the mean of the units of its type that were
 * not yet coached, so that season, haze and holidays fall out. A unit that was chosen when it was low rises by itself, and a line
 * fitted to its fall makes that look large. So the same regression is run over each of the others, as if it had been coached that
 * week; what units as low as this one came to is taken off, and how far they lie apart is how sure the figure can be.
 *
 * @param ramadan by week, the share of its days that lie in Ramadan
 */
export function unitEffect(
  series: readonly CoachedSeries[],
  coached: CoachedUnit,
  ramadan: readonly number[],
  rules: EffectRules,
  measures: number,
): CoachingEffect {
  const unit = series.find(({ unitId }) => unitId === coached.unitId)
  if (unit === undefined) return notConcluded('too_few_cases')
  const { least, most } = rules.unitWeeks
  const { at } = coached
  const [from, to] = [Math.max(0, at - most), Math.min(unit.weeks.length, at + 1 + most)]
  const counted = (a: number, b: number) => unit.weeks.slice(a, b).filter((week) => (week?.denominator ?? 0) > 0).length
  const seen = { coachedUnits: 1, weeksBefore: counted(from, at), weeksAfter: counted(at + 1, to) }
  if (at < least || unit.weeks.length - 1 - at < least) return notConcluded('too_few_weeks', seen)
  if (seen.weeksBefore < least || seen.weeksAfter < least) return notConcluded('too_few_cases', seen)
  const others = series.filter(
    (other) =>
      other.unitType === unit.unitType &&
      other.unitId !== unit.unitId &&
      (other.coachedAt === undefined || other.coachedAt >= to),
  )
  if (others.length < rules.pooled.comparedUnits) {
    return notConcluded('too_few_units_to_compare', { ...seen, comparedUnits: others.length })
  }
  const sums = sumsOf(others, from, to)
  const span = { at, from, to, recent: rules.pooled.recent }
  const fit = (one: CoachedSeries, among: boolean) => fitAgainst(one, sums, among, span, ramadan)
  const own = fit(unit, false)
  const placebos = others.flatMap((other) => fit(other, true) ?? [])
  const compared = { ...seen, comparedUnits: placebos.length }
  if (own === undefined) return notConcluded('too_few_cases', compared)
  if (placebos.length < rules.pooled.comparedUnits) return notConcluded('too_few_units_to_compare', compared)
  const expected = leastSquares(
    placebos.map(({ segmented, level, dip }) => ({ y: segmented.effect, x: [1, level, dip], weight: 1 })),
  )
  if (expected === undefined) return notConcluded('too_few_units_to_compare', compared)
  const freedom = placebos.length - 3
  const here = [1, own.level, own.dip]
  const leverage = dot(
    here,
    expected.inverse.map((line) => dot(line, here)),
  )
  const spread = expected.residuals.reduce((sum, residual) => sum + residual * residual, 0) / freedom
  const standardError = Math.max(Math.sqrt(spread * (1 + leverage)), own.segmented.standardError)
  const estimate = {
    effect: own.segmented.effect - dot(here, expected.coefficients),
    standardError,
    freedom: Math.min(freedom, own.segmented.freedom),
  }
  return { method: 'segmented_regression', ...compared, ...conclude([estimate], rules.conclusion, measures) }
}

interface Sums {
  readonly from: number
  readonly points: readonly number[]
  readonly weights: readonly number[]
}

const weightOf = (cases: number) => cases / (cases + casesOfHalfWeight)

function sumsOf(others: readonly CoachedSeries[], from: number, to: number): Sums {
  const points = new Array<number>(to - from).fill(0)
  const weights = new Array<number>(to - from).fill(0)
  for (const { weeks } of others) {
    for (let week = from; week < to; week++) {
      const count = weeks[week]
      if (count === undefined || !(count.denominator > 0)) continue
      const weight = weightOf(count.denominator)
      points[week - from] = (points[week - from] ?? 0) + (weight * 100 * count.numerator) / count.denominator
      weights[week - from] = (weights[week - from] ?? 0) + weight
    }
  }
  return { from, points, weights }
}

/** A unit's weeks less the mean of the others; one of these is left out of its own mean. */
function fitAgainst(
  unit: CoachedSeries,
  sums: Sums,
  isAmongThem: boolean,
  span: { readonly at: number; readonly from: number; readonly to: number; readonly recent: number },
  ramadan: readonly number[],
): Fitted | undefined {
  const weeks: SegmentedWeek[] = []
  for (let week = span.from; week < span.to; week++) {
    const count = unit.weeks[week]
    if (week === span.at || count === undefined || !(count.denominator > 0)) continue
    const weight = weightOf(count.denominator)
    const points = (100 * count.numerator) / count.denominator
    const whole = (sums.weights[week - span.from] ?? 0) - (isAmongThem ? weight : 0)
    const sum = (sums.points[week - span.from] ?? 0) - (isAmongThem ? weight * points : 0)
    if (!(whole > 0)) continue
    weeks.push({ since: week - span.at, points: points - sum / whole, weight, ramadan: ramadan[week] ?? 0 })
  }
  const segmented = segmentedRegression(weeks)
  const before = meanOf(weeks.filter(({ since }) => since < 0))
  const recent = meanOf(weeks.filter(({ since }) => since < 0 && since >= -span.recent))
  const earlier = meanOf(weeks.filter(({ since }) => since < -span.recent))
  if (segmented === undefined || before === undefined || pooledPoints(unit, span.from, span.at) === undefined)
    return undefined
  return { segmented, level: before, dip: (recent ?? before) - (earlier ?? before) }
}

function meanOf(weeks: readonly SegmentedWeek[]): number | undefined {
  const whole = weeks.reduce((sum, { weight }) => sum + weight, 0)
  return whole > 0 ? weeks.reduce((sum, { weight, points }) => sum + weight * points, 0) / whole : undefined
}
