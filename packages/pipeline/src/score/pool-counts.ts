import type { PlainDate } from '@bina/domain/plain-date'
import type { MeasureId, WindowName } from '@bina/scoring/measure-id'
import type { AreaPart } from '../ports/area-figures.ts'

/** The counts of an area, week, measure and window, ready to be judged. */
export interface PooledCount {
  readonly unitId: string
  readonly week: PlainDate
  readonly measure: MeasureId
  readonly window: WindowName
  readonly numerator: number
  readonly denominator: number
  readonly squaredDays?: number
}

const answerParts = 7560
const millionths = 1_000_000
/** Their days are shared out among people, and their intervals know it. */
export const sharedOut: ReadonlySet<string> = new Set(['A1', 'A2', 'A3'])

/** Numerators and denominators of areas from what their units add up to, in any order and in any number of pieces. Where nothing is counted there is no row. */
export function poolCounts(parts: readonly AreaPart[]): readonly PooledCount[] {
  const sums = new Map<string, AreaPart>()
  for (const part of parts) {
    const name = `${part.unitId}|${part.week}|${part.measure}|${part.window}`
    const sum = sums.get(name)
    sums.set(name, sum === undefined ? part : added(sum, part))
  }
  return [...sums.values()].flatMap((sum) => {
    if (sum.denominator <= 0) return []
    const { unitId, week } = sum
    // The names come out of our own tables, where only these stand.
    const [measure, window] = [sum.measure as MeasureId, sum.window as WindowName]
    return [{ unitId, week, measure, window, ...countsOf(sum) }]
  })
}

/**
 * S10 of one week asks of how many received complaints; S12 sets these against the residents. Of an area with any figure in the week, so
 * that a quiet week is a zero; without known residents there is none.
 */
export function intakeOf(
  pooled: readonly PooledCount[],
  populationOf: (areaId: string, week: PlainDate) => number | undefined,
): readonly PooledCount[] {
  const received = new Map<string, { unitId: string; week: PlainDate; complaints: number }>()
  for (const { unitId, week, measure, window, denominator } of pooled) {
    const name = `${unitId}|${week}`
    const known = received.get(name) ?? { unitId, week, complaints: 0 }
    received.set(name, known)
    if (measure === 'S10' && window === 'W1') known.complaints = denominator
  }
  return [...received.values()].flatMap(({ unitId, week, complaints }) => {
    const population = populationOf(unitId, week) ?? 0
    if (population === 0) return []
    return [{ unitId, week, measure: 'S12', window: 'W1', numerator: complaints, denominator: population / 1_000 }]
  })
}

function countsOf(sum: AreaPart): Pick<PooledCount, 'numerator' | 'denominator' | 'squaredDays'> {
  const { measure, numerator, denominator, squares } = sum
  if (sharedOut.has(measure)) return { numerator, denominator, squaredDays: squares }
  if (measure === 'S5' || measure === 'S6') return { numerator: numerator / answerParts, denominator }
  if (measure === 'C1') {
    // Kish: so many evenly drawn checks would say as much. With even weights it is their number.
    const effective = (denominator / squares) * (denominator / millionths)
    return { numerator: effective * (numerator / denominator), denominator: effective }
  }
  return { numerator, denominator }
}

const added = (a: AreaPart, b: AreaPart): AreaPart => ({
  ...a,
  numerator: a.numerator + b.numerator,
  denominator: a.denominator + b.denominator,
  squares: a.squares + b.squares,
})
