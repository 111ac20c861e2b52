import { isPlainDate, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { z } from 'zod'
import { MEASURE_CHARTS } from './chart-of-measure.ts'

const words = z.string().trim().min(1)
const date = z.string().refine(isPlainDate, 'expected a date such as 2026-09-07')

/** `policy/rebasing.yaml`: charts begin anew only by a recorded, explained decision (domain.md 2.1). */
export const rebasingPolicySchema = z.strictObject({
  rebasings: z
    .array(
      z.strictObject({
        unit: words,
        measure: z.enum(['all', ...Object.keys(MEASURE_CHARTS)]),
        fromWeek: date.refine((week) => isPlainDate(week) && mondayOf(week) === week, 'expected a Monday'),
        decidedOn: date,
        decidedBy: words,
        reason: words,
        document: words,
      }),
    )
    .refine(
      (entries) => new Set(entries.map((e) => `${e.unit} ${e.measure} ${e.fromWeek}`)).size === entries.length,
      'a chart is rebased twice from the same week',
    ),
})

export interface Rebasing {
  readonly unit: string
  readonly measure: string
  readonly fromWeek: PlainDate
  readonly decidedOn: PlainDate
  readonly decidedBy: string
  readonly reason: string
  readonly document: string
}

export interface RebasingPolicy {
  readonly rebasings: readonly Rebasing[]
}

/** The points of one unit's measure, parted where its chart begins anew. No part is empty. */
export function partedByRebasing<T extends { readonly week: PlainDate }>(
  policy: RebasingPolicy,
  unitId: string,
  measure: string,
  points: readonly T[],
): readonly (readonly T[])[] {
  const starts = policy.rebasings
    .filter((entry) => entry.unit === unitId && (entry.measure === measure || entry.measure === 'all'))
    .map(({ fromWeek }) => fromWeek)
  if (starts.length === 0) return points.length === 0 ? [] : [points]
  const parts = new Map<number, T[]>()
  for (const point of points) {
    const part = starts.filter((week) => week <= point.week).length
    const known = parts.get(part)
    if (known) known.push(point)
    else parts.set(part, [point])
  }
  return [...parts.values()]
}
