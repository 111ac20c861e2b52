import { mostReportedBehaviour } from './conduct.ts'
import type {
  ConductCategory,
  ReportConduct,
  ReportInput,
  ReportMeasure,
  ReportScore,
  ReportSignal,
  ReportWindow,
} from './report-input.ts'
import { sustainedConcern } from './sustained-signals.ts'

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

/** Where a score leaves most points open. */
export interface ScoreFocus {
  readonly kind: 'score'
  readonly key: FocusTerm
  readonly score: 'service' | 'discipline'
  /** The counts behind the term, the leading measure first. */
  readonly measures: readonly ReportMeasure[]
  /** What this term lacks to its target, in points of the score: weight x (100 - points). */
  readonly missingPoints: number
  /** What the whole score lacks to 100. */
  readonly missingPointsOfAll: number
}

/** What residents reported, or what an inspection of the rooms found. */
export interface ReportedFocus {
  readonly kind: 'reported'
  readonly key: ConductCategory
  readonly counts: ReportConduct | undefined
  /** The chart that says it is no chance; undefined where there are only counts. */
  readonly signal: ReportSignal | undefined
  /** S14: items in order of those inspected. */
  readonly inspected: ReportMeasure | undefined
}

export type Focus = ScoreFocus | ReportedFocus

/** Under five cases a term is mostly prior: what it lacks is not the unit's doing. The service score itself hides below the same number. */
export const MINIMUM_CASES = 5

/** One or two reports in a quarter are those of a bad day, and tell nothing about the way of working. */
const MINIMUM_REPORTS = 3

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
 * The one thing to work on. A chart that says residents are met otherwise than before comes first; then the term of the service score
 * that holds back the most points, not the one with the lowest figure; where service gives no answer, what several residents reported
 * or an inspection found, and only then discipline. Undefined where nothing has enough data or anything to gain.
 */
export function chooseFocus(input: ReportInput): Focus | undefined {
  return (
    signalledConduct(input) ??
    largestGap('service', input.service, SERVICE_TERMS, input.measures) ??
    reportedOften(input) ??
    (input.discipline?.band === 'kept'
      ? undefined
      : largestGap('discipline', input.discipline, DISCIPLINE_TERMS, input.measures))
  )
}

/** S11 charts the days between two reports, S6 what residents say when asked. Without a report there is no behaviour to speak of. */
function signalledConduct(input: ReportInput): ReportedFocus | undefined {
  const signal = sustainedConcern(input.signals, 'S11') ?? sustainedConcern(input.signals, 'S6')
  const counts = mostReportedBehaviour(input)
  if (signal === undefined || counts === undefined) return undefined
  return { kind: 'reported', key: counts.category, counts, signal, inspected: undefined }
}

function reportedOften(input: ReportInput): ReportedFocus | undefined {
  const behaviour = mostReportedBehaviour(input)
  const facility = input.conduct.find(({ category }) => category === 'facility')
  const inspected = findMeasure(input.measures, 'S14', 'R13')
  const more = (behaviour?.inR13 ?? 0) >= (facility?.inR13 ?? 0) ? behaviour : facility
  if (more !== undefined && more.inR13 >= MINIMUM_REPORTS) {
    const isFacility = more.category === 'facility'
    return {
      kind: 'reported',
      key: more.category,
      counts: more,
      signal: undefined,
      inspected: isFacility ? inspected : undefined,
    }
  }
  if (inspected === undefined || inspected.numerator >= inspected.denominator) return undefined
  return { kind: 'reported', key: 'facility', counts: facility, signal: undefined, inspected }
}

function largestGap(
  score: ScoreFocus['score'],
  row: ReportScore | null,
  terms: readonly FocusTerm[],
  measures: readonly ReportMeasure[],
): ScoreFocus | undefined {
  if (row === null || row.value === null) return undefined
  const missing = (term: { readonly points: number; readonly weight: number }) => term.weight * (100 - term.points)
  const missingPointsOfAll = row.terms.reduce((sum, term) => sum + missing(term), 0)

  let best: ScoreFocus | undefined
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
    best = { kind: 'score', key: term, score, measures: counts, missingPoints, missingPointsOfAll }
  }
  return best
}
