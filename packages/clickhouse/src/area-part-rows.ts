import type { AreaPart } from '@bina/pipeline/ports/area-figures'

export interface PartKey {
  readonly unit_id: string
  readonly week: string
  readonly measure: string
  readonly window: string
}

const nameOf = ({ unit_id, week, measure, window }: PartKey) => `${unit_id}|${week}|${measure}|${window}`

/** The parts as they are to stand; those that stood and are not among them are taken back. */
export function areaPartRows(parts: readonly AreaPart[], stood: readonly PartKey[], readAt: string) {
  const rows = parts.map(({ unitId, week, measure, window, numerator, denominator, squares }) =>
    row({ unit_id: unitId, week, measure, window }, { numerator, denominator, squares }, readAt, 0),
  )
  const now = new Set(rows.map(nameOf))
  const gone = stood.filter((key) => !now.has(nameOf(key)))
  return [...rows, ...gone.map((key) => row(key, { numerator: 0, denominator: 0, squares: 0 }, readAt, 1))]
}

const row = (
  { unit_id, week, measure, window }: PartKey,
  { numerator, denominator, squares }: Pick<AreaPart, 'numerator' | 'denominator' | 'squares'>,
  as_of: string,
  is_deleted: 0 | 1,
) => ({ unit_id, week, measure, window, numerator, denominator, squares, as_of, is_deleted })
