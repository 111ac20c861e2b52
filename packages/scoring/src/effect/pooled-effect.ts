import {
  type CoachedSeries,
  type CoachedUnit,
  type CoachingEffect,
  notConcluded,
  pooledPoints,
} from './coached-series.ts'
import { conclude } from './conclude.ts'
import type { EffectRules } from './effect-rules.ts'
import { clusteredVariance, leastSquares } from './least-squares.ts'

/** A unit in the comparison that one coaching week makes. */
interface Standing {
  readonly cluster: string
  readonly coached: boolean
  /** Points in the weeks before the recent ones, in those and the recent ones together, in the recent ones, and after. */
  readonly earlier: number
  readonly before: number
  readonly recent: number
  readonly after: number
  readonly weight: number
}

interface Cohort {
  readonly weeksBefore: number
  readonly weeksAfter: number
  readonly standings: readonly Standing[]
}

const leastComparedInCohort = 3
/** From so many cases before and after on, another case tells little more than the unit's own ups and downs. */
const casesOfHalfWeight = 30

/**
 * Difference in differences of units by their first coaching, against units of their type that had none until the weeks after are over
 * (stacked by week of coaching, so that nobody is held against one who was coached earlier). The weeks just before are left out of it,
 * since a low figure there is what a unit is often chosen by, and rises by itself.
 *
 * The same is asked a second way: what would units that stood equally low before, not coached, have come to? The first is right when
 * units were chosen for what they always are, the second when they were chosen for what they happened to be (Ding and Li 2019); drawn
 * at random, both are. Nobody knows how they were chosen, so the interval spans both.
 */
export function pooledEffect(
  series: readonly CoachedSeries[],
  coached: readonly CoachedUnit[],
  rules: EffectRules,
  measures: number,
): CoachingEffect {
  if (coached.length === 0) return notConcluded('not_coached')
  const cohorts = cohortsOf(series, coached, rules.pooled)
  const standings = cohorts.flatMap((cohort) => cohort.standings)
  const coachedUnits = new Set(standings.filter((one) => one.coached).map(({ cluster }) => cluster)).size
  const comparedUnits = new Set(standings.filter((one) => !one.coached).map(({ cluster }) => cluster)).size
  const seen = {
    coachedUnits,
    comparedUnits,
    weeksBefore: Math.min(...cohorts.map(({ weeksBefore }) => weeksBefore), rules.pooled.most),
    weeksAfter: Math.min(...cohorts.map(({ weeksAfter }) => weeksAfter), rules.pooled.most),
  }
  if (cohorts.length === 0)
    return notConcluded(whyNone(series, coached, rules.pooled), { coachedUnits: coached.length })
  if (coachedUnits < rules.pooled.coachedUnits) return notConcluded('too_few_coached_units', seen)
  if (comparedUnits < rules.pooled.comparedUnits) return notConcluded('too_few_units_to_compare', seen)
  const differences = estimate(
    cohorts,
    ({ after, earlier }) => after - earlier,
    () => [],
  )
  const equallyLow = estimate(
    cohorts,
    ({ after }) => after,
    ({ before, recent }) => [before, recent],
  )
  if (differences === undefined || equallyLow === undefined) return notConcluded('too_few_cases', seen)
  const freedom = Math.min(coachedUnits, comparedUnits) - 1
  const ways = [
    { ...differences, freedom },
    { ...equallyLow, freedom },
  ] as const
  return { method: 'difference_in_differences', ...seen, ...conclude([...ways], rules.conclusion, measures) }
}

function cohortsOf(
  series: readonly CoachedSeries[],
  coached: readonly CoachedUnit[],
  rules: EffectRules['pooled'],
): readonly Cohort[] {
  const byId = new Map(series.map((one) => [one.unitId, one]))
  const asked = new Set(coached.map(({ unitId }) => unitId))
  const groups = new Map<string, { readonly at: number; readonly unitType: string; readonly units: CoachedSeries[] }>()
  for (const { unitId, at } of coached) {
    const unit = byId.get(unitId)
    if (unit === undefined) continue
    const name = `${at}|${unit.unitType}`
    const group = groups.get(name) ?? { at, unitType: unit.unitType, units: [] }
    group.units.push(unit)
    groups.set(name, group)
  }
  const weeks = Math.max(0, ...series.map((one) => one.weeks.length))
  return [...groups.values()].flatMap(({ at, unitType, units }) => {
    const weeksBefore = Math.min(rules.most, at)
    let weeksAfter = Math.min(rules.most, weeks - 1 - at)
    if (weeksBefore < rules.least + rules.recent) return []
    const notYet = (unit: CoachedSeries) =>
      unit.unitType === unitType &&
      (unit.coachedAt === undefined || unit.coachedAt > at + weeksAfter) &&
      (!asked.has(unit.unitId) || unit.coachedAt !== undefined)
    // When the last are soon to be coached, a shorter look still finds some that are not.
    while (weeksAfter > rules.least && series.filter(notYet).length < rules.comparedUnits) weeksAfter -= 1
    if (weeksAfter < rules.least) return []
    const standing = (isCoached: boolean) => (unit: CoachedSeries) =>
      standingOf(unit, isCoached, { at, weeksBefore, weeksAfter, recent: rules.recent })
    const compared = series.filter(notYet).flatMap(standing(false))
    const looked = units.flatMap(standing(true))
    if (compared.length < leastComparedInCohort || looked.length === 0) return []
    return [{ weeksBefore, weeksAfter, standings: [...looked, ...compared] }]
  })
}

function standingOf(
  unit: CoachedSeries,
  coached: boolean,
  window: { readonly at: number; readonly weeksBefore: number; readonly weeksAfter: number; readonly recent: number },
): readonly Standing[] {
  const { at, weeksBefore, weeksAfter, recent: recentWeeks } = window
  const earlier = pooledPoints(unit, at - weeksBefore, at - recentWeeks)
  const before = pooledPoints(unit, at - weeksBefore, at)
  const recent = pooledPoints(unit, at - recentWeeks, at) ?? before
  const after = pooledPoints(unit, at + 1, at + 1 + weeksAfter)
  if (earlier === undefined || before === undefined || recent === undefined || after === undefined) return []
  const cases = (earlier.cases * after.cases) / (earlier.cases + after.cases)
  return [
    {
      cluster: unit.unitId,
      coached,
      earlier: earlier.points,
      before: before.points,
      recent: recent.points,
      after: after.points,
      weight: cases / (cases + casesOfHalfWeight),
    },
  ]
}

/** The coefficient of having been coached, each cohort held against itself. */
function estimate(
  cohorts: readonly Cohort[],
  explained: (standing: Standing) => number,
  given: (standing: Standing) => readonly number[],
): { readonly effect: number; readonly standardError: number } | undefined {
  const rows = cohorts.flatMap(({ standings }) => {
    const raw = standings.map((standing) => ({
      cluster: standing.cluster,
      weight: standing.weight,
      values: [explained(standing), standing.coached ? 1 : 0, ...given(standing)],
    }))
    const whole = raw.reduce((sum, { weight }) => sum + weight, 0)
    const means = (raw[0]?.values ?? []).map(
      (_, at) => raw.reduce((sum, { values, weight }) => sum + weight * (values[at] ?? 0), 0) / whole,
    )
    return raw.map(({ cluster, weight, values }) => {
      const [y = 0, ...x] = values.map((value, at) => value - (means[at] ?? 0))
      return { cluster, weight, y, x }
    })
  })
  const fit = leastSquares(rows)
  if (fit === undefined) return undefined
  return { effect: fit.coefficients[0] ?? 0, standardError: Math.sqrt(clusteredVariance(fit, rows, 0)) }
}

function whyNone(
  series: readonly CoachedSeries[],
  coached: readonly CoachedUnit[],
  rules: EffectRules['pooled'],
): 'too_few_weeks' | 'too_few_units_to_compare' {
  const weeks = Math.max(0, ...series.map((one) => one.weeks.length))
  const longEnough = coached.some(({ at }) => at >= rules.least + rules.recent && weeks - 1 - at >= rules.least)
  return longEnough ? 'too_few_units_to_compare' : 'too_few_weeks'
}
