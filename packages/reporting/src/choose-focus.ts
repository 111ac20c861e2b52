import type { ReportInput, ReportMeasure, ReportScore, ReportWindow } from './report-input.ts'

export const SERVICE_TERMS = [
  'response',
  'verified_resolution',
  'satisfaction',
  'courtesy_clarity',
  'no_stale_backlog',
] as const
export const DISCIPLINE_TERMS = ['verified_attendance', 'on_time', 'full_day'] as const
export type FocusTerm = (typeof SERVICE_TERMS)[number] | (typeof DISCIPLINE_TERMS)[number]

/** The measures whose counts stand behind a term; of a product the one that is claimed first, then the one that checks it. */
export const MEASURES_OF = {
  response: ['S1'],
  verified_resolution: ['S2', 'S3'],
  satisfaction: ['S5'],
  courtesy_clarity: ['S6'],
  no_stale_backlog: ['S4'],
  verified_attendance: ['A1', 'C1'],
  on_time: ['A2'],
  full_day: ['A3'],
} as const satisfies Record<FocusTerm, readonly string[]>

export interface Focus {
  readonly score: 'service' | 'discipline'
  readonly term: FocusTerm
  /** The counts behind the term, the leading measure first. */
  readonly measures: readonly ReportMeasure[]
  /** What this term lacks to its target, in points of the score: weight x (100 - points). */
  readonly missingPoints: number
  /** What the whole score lacks to 100. */
  readonly missingPointsOfAll: number
}

/** Under five cases a term is mostly prior: what it lacks is not the unit's doing. The service score itself hides below the same number. */
export const MINIMUM_CASES = 5

/** A term that lacks less than a point of the score is no place to send anybody. */
const MINIMUM_MISSING_POINTS = 1

/** No backlog is a matter of a year, whatever window the other measures stand in. */
export function windowOf(measure: string, scoreWindow: ReportWindow): ReportWindow {
  return measure === 'S4' ? 'R52' : scoreWindow
}

export function findMeasure(
  measures: readonly ReportMeasure[],
  measure: string,
  window: ReportWindow,
): ReportMeasure | undefined {
  return measures.find((m) => m.measure === measure && m.window === window && m.denominator > 0)
}

/**
 * The one thing to work on: the term that holds back the most points of its score, not the one with the lowest figure. Service comes
 * first; discipline is asked only where service gives no answer. Undefined where neither has enough data or anything to gain.
 */
export function chooseFocus(input: ReportInput): Focus | undefined {
  const service = largestGap('service', input.service, SERVICE_TERMS, input.measures)
  if (service !== undefined) return service
  if (input.discipline?.band === 'kept') return undefined
  return largestGap('discipline', input.discipline, DISCIPLINE_TERMS, input.measures)
}

function largestGap(
  score: Focus['score'],
  row: ReportScore | null,
  terms: readonly FocusTerm[],
  measures: readonly ReportMeasure[],
): Focus | undefined {
  if (row === null || row.value === null) return undefined
  const missing = (term: { readonly points: number; readonly weight: number }) => term.weight * (100 - term.points)
  const missingPointsOfAll = row.terms.reduce((sum, term) => sum + missing(term), 0)

  let best: Focus | undefined
  for (const term of terms) {
    const points = row.terms.find((t) => t.term === term)
    const counts = MEASURES_OF[term].flatMap((m) => findMeasure(measures, m, windowOf(m, row.window)) ?? [])
    const [leading] = counts
    if (points === undefined || leading?.measure !== MEASURES_OF[term][0] || leading.denominator < MINIMUM_CASES)
      continue
    // Nothing went amiss here: the gap is the prior's alone.
    if (counts.every((m) => m.numerator >= m.denominator)) continue
    const missingPoints = missing(points)
    if (missingPoints < MINIMUM_MISSING_POINTS || missingPoints <= (best?.missingPoints ?? 0)) continue
    best = { score, term, measures: counts, missingPoints, missingPointsOfAll }
  }
  return best
}
