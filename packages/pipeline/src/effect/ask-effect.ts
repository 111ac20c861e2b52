import { addDays, type PlainDate } from '@bina/domain/plain-date'
import {
  type CoachedSeries,
  type CoachedUnit,
  type CoachingEffect,
  notConcluded,
  type WeekCount,
} from '@bina/scoring/effect/coached-series'
import { COACHING_MEASURES, type CoachingMeasure } from '@bina/scoring/effect/coaching-measures'
import type { EffectRules } from '@bina/scoring/effect/effect-rules'
import { pooledEffect } from '@bina/scoring/effect/pooled-effect'
import { unitEffect } from '@bina/scoring/effect/unit-effect'
import { type CoachedWeeks, ramadanShare, weeksBetween } from './coaching-facts.ts'

/** One unit's week of one measure, as `unit_week_measure` has it in window W1. */
export interface MeasuredWeek extends WeekCount {
  readonly unitId: string
  readonly unitType: string
  readonly measure: string
  readonly week: PlainDate
}

export type EffectKind = 'unit' | 'action' | 'city'

export interface EffectQuestion {
  readonly kind: EffectKind
  /** Unit id, action code, or `city`. */
  readonly subject: string
}

export interface EffectAnswer extends CoachingEffect {
  readonly measure: CoachingMeasure
}

/** Asks each measure whether coaching moved it. The last week is the last one that has ended. */
export function askEffect(
  question: EffectQuestion,
  facts: {
    readonly coached: readonly CoachedWeeks[]
    readonly measured: readonly MeasuredWeek[]
    readonly lastWeek: PlainDate
    readonly ramadan: readonly { readonly validFrom: PlainDate; readonly validTo?: PlainDate | undefined }[]
  },
  rules: EffectRules,
): readonly EffectAnswer[] {
  const { measured, lastWeek } = facts
  const firstWeek = [lastWeek, ...new Set(measured.map(({ week }) => week))].toSorted()[0] ?? lastWeek
  const count = weeksBetween(firstWeek, lastWeek) + 1
  const place = (week: PlainDate) => weeksBetween(firstWeek, week)
  const coachedAt = new Map(
    facts.coached.flatMap(({ unitId, first }) => (first === undefined ? [] : [[unitId, place(first)] as const])),
  )
  const ramadan = Array.from({ length: count }, (_, at) => {
    const days = 7 * (at - count + 1)
    return ramadanShare(addDays(lastWeek, days), facts.ramadan)
  })
  const asked = coachedUnits(question, facts.coached, coachedAt, place)
  return COACHING_MEASURES.map((measure): EffectAnswer => {
    const series = seriesOf(measured, measure, count, place, coachedAt)
    if (asked.length === 0) return { measure, ...notConcluded('not_coached') }
    const [one] = asked
    const effect =
      question.kind === 'unit' && one !== undefined
        ? unitEffect(series, one, ramadan, rules, COACHING_MEASURES.length)
        : pooledEffect(series, asked, rules, COACHING_MEASURES.length)
    return { measure, ...effect }
  })
}

/** Units of an action count from the week in which they agreed on it, and only where they had not been coached weeks before. */
function coachedUnits(
  { kind, subject }: EffectQuestion,
  coached: readonly CoachedWeeks[],
  coachedAt: ReadonlyMap<string, number>,
  place: (week: PlainDate) => number,
): readonly CoachedUnit[] {
  if (kind !== 'action') {
    return [...coachedAt]
      .filter(([unitId]) => kind === 'city' || unitId === subject)
      .map(([unitId, at]) => ({ unitId, at }))
  }
  return coached.flatMap(({ unitId, actions }) => {
    const agreed = actions.get(subject)
    if (agreed === undefined) return []
    const at = place(agreed)
    return (coachedAt.get(unitId) ?? at) < at - 1 ? [] : [{ unitId, at }]
  })
}

function seriesOf(
  measured: readonly MeasuredWeek[],
  measure: CoachingMeasure,
  count: number,
  place: (week: PlainDate) => number,
  coachedAt: ReadonlyMap<string, number>,
): readonly CoachedSeries[] {
  const units = new Map<string, { readonly unitType: string; readonly weeks: (WeekCount | undefined)[] }>()
  for (const row of measured) {
    if (row.measure !== measure) continue
    const unit = units.get(row.unitId) ?? { unitType: row.unitType, weeks: new Array(count).fill(undefined) }
    const at = place(row.week)
    if (at >= 0 && at < count) unit.weeks[at] = { numerator: row.numerator, denominator: row.denominator }
    units.set(row.unitId, unit)
  }
  return [...units]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([unitId, { unitType, weeks }]) => ({ unitId, unitType, coachedAt: coachedAt.get(unitId), weeks }))
}
