import { addDays, type CityTime, mondayOfWeekNumber } from './city-time.ts'
import type { Directory } from './directory.ts'
import type { ScoredMeasure } from './facts.ts'
import { alikeness, type PersonCorrelation, posteriorOf } from './measures.ts'
import { pointsOf, scoreInterval, type TermShape } from './score-interval.ts'
import type { Count, Tally } from './tally.ts'

interface Term {
  readonly name: string
  readonly measures: readonly ScoredMeasure[]
  readonly floor: number
  readonly target: number
  readonly weight: number
}

export type ScoreName = 'discipline' | 'service'

const termsOf: Readonly<Record<ScoreName, readonly Term[]>> = {
  discipline: [
    { name: 'verified_attendance', measures: ['A1', 'C1'], floor: 0.6, target: 0.95, weight: 0.5 },
    { name: 'on_time', measures: ['A2'], floor: 0.6, target: 0.95, weight: 0.3 },
    { name: 'full_day', measures: ['A3'], floor: 0.6, target: 0.95, weight: 0.2 },
  ],
  service: [
    { name: 'response', measures: ['S1'], floor: 0.4, target: 0.95, weight: 0.2 },
    { name: 'verified_resolution', measures: ['S2', 'S3'], floor: 0.25, target: 0.85, weight: 0.35 },
    { name: 'satisfaction', measures: ['S5'], floor: 0.4, target: 0.9, weight: 0.2 },
    { name: 'courtesy_clarity', measures: ['S6'], floor: 0.4, target: 0.9, weight: 0.15 },
    { name: 'no_stale_backlog', measures: ['S4'], floor: 0.7, target: 1, weight: 0.1 },
  ],
}

export interface Score {
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: 'high' | 'medium' | 'low' | 'hidden'
  readonly band: 'kept' | 'needs_attention' | 'needs_support' | 'inconclusive' | 'not_enough_data'
  readonly terms: Readonly<Record<string, number>>
}

function confidenceOf(width: number): Score['confidence'] {
  return width <= 10 ? 'high' : width <= 20 ? 'medium' : width <= 35 ? 'low' : 'hidden'
}

function bandOf(lower80: number, upper80: number): Score['band'] {
  if (lower80 >= 80) return 'kept'
  if (upper80 < 60) return 'needs_support'
  return lower80 >= 60 && upper80 < 80 ? 'needs_attention' : 'inconclusive'
}

/** A score of counts that are already those of the right windows; `enough` is the rule on its cases. */
export function scoreOf(
  name: ScoreName,
  counts: (measure: ScoredMeasure) => Count,
  enough: boolean,
  alike: (measure: ScoredMeasure) => number = () => 1,
): Score {
  const shapes = termsOf[name].map(({ name: term, measures, ...scale }) => ({
    term,
    shape: {
      ...scale,
      factors: measures.map((measure) => posteriorOf(measure, counts(measure), alike(measure))),
    } satisfies TermShape,
  }))
  const points = shapes.map(({ term, shape }) => ({
    term,
    weighted: pointsOf(
      shape,
      shape.factors.reduce((product, factor) => product * factor.mean, 1),
    ),
    weight: shape.weight,
  }))
  const [lower80, upper80] = scoreInterval(shapes.map(({ shape }) => shape))
  const confidence = enough ? confidenceOf(upper80 - lower80) : 'hidden'
  const hidden = confidence === 'hidden'
  return {
    value: hidden ? null : points.reduce((sum, { weighted }) => sum + weighted, 0),
    lower80,
    upper80,
    confidence,
    band: hidden ? 'not_enough_data' : bandOf(lower80, upper80),
    terms: Object.fromEntries(points.map(({ term, weighted, weight }) => [term, weighted / weight])),
  }
}

export interface UnitWeekScoreRow extends Score {
  readonly unit_id: string
  readonly week: string
  readonly score: ScoreName
  readonly status: 'provisional' | 'final'
  readonly policy_version: string
}

/** Discipline looks at four weeks; service at thirteen, or at twenty-six where fewer than ten cases fell due. */
function weekScore(
  name: ScoreName,
  unitId: string,
  week: number,
  tally: Tally,
  rho: PersonCorrelation,
  known: Map<string, Score>,
): Score {
  const due = (weeks: number) => tally.sum(unitId, 'S2', week, weeks).denominator
  const weeks = name === 'discipline' ? 4 : due(13) < 10 ? 26 : 13
  const enough = name === 'discipline' ? tally.sum(unitId, 'A1', week, 4).denominator >= 40 : due(weeks) >= 5
  const counts = (measure: ScoredMeasure) => tally.sum(unitId, measure, week, weeks)
  const counted = termsOf[name].flatMap((term) => term.measures.map(counts))
  const squaredDays = name === 'discipline' ? tally.squaredDays(unitId, week, weeks) : 0
  const alike = (measure: ScoredMeasure) => alikeness(measure, counts(measure), squaredDays, rho)
  const key = [
    name,
    enough,
    ...counted.map((count) => `${count.numerator}/${count.denominator}`),
    squaredDays,
    rho.A1,
    rho.A2,
    rho.A3,
  ].join(' ')
  const score = known.get(key) ?? scoreOf(name, counts, enough, alike)
  known.set(key, score)
  return score
}

function isScored(unitId: string, week: string, directory: Directory): boolean {
  const days = [6, 5, 4, 3, 2, 1, 0].map((day) => addDays(week, day))
  const type = days.map((day) => directory.unitTypeOn(unitId, day)).find((found) => found !== null)
  return type === 'kelurahan' || type === 'kecamatan' || type === 'upt'
}

export function scoreRows(
  directory: Directory,
  tally: Tally,
  currentWeek: number,
  city: CityTime,
  nowMs: number,
  policyVersion: string,
  rhoOf: (week: string) => PersonCorrelation,
): UnitWeekScoreRow[] {
  const known = new Map<string, Score>()
  const rows: UnitWeekScoreRow[] = []
  for (const unit_id of directory.unitIds()) {
    const first = tally.firstWeekOf(unit_id)
    for (let number = first ?? currentWeek + 1; number <= currentWeek; number++) {
      const week = mondayOfWeekNumber(number)
      if (!isScored(unit_id, week, directory)) continue
      const status = nowMs >= city.at(addDays(week, 7 + 14), '00:00') ? 'final' : 'provisional'
      for (const score of ['discipline', 'service'] as const) {
        const judged = weekScore(score, unit_id, number, tally, rhoOf(week), known)
        rows.push({ unit_id, week, score, ...judged, status, policy_version: policyVersion })
      }
    }
  }
  return rows
}
