import type { Counts, CountsOf } from '../counts.ts'
import type { Band, JudgedScore } from '../judge-score.ts'
import { serviceWindow } from '../judge-service.ts'
import type { WindowName } from '../measure-id.ts'
import type { PriorMeasure, ScoringRules } from '../scoring-policy.ts'

/**
 * The fewest cases of one kind that would have brought the next band, found by judging anew. `repaired`: of those counted, `cases` of
 * the `of` failures had been successes; `added`: so many more had been counted, all of them successes.
 */
export interface Lift {
  readonly move: 'repaired' | 'added'
  readonly measures: readonly PriorMeasure[]
  readonly cases: number
  readonly of: number | undefined
  readonly band: Band
}

/** Beyond it nobody would call it within reach, and the count that is wanted says little. */
const MOST_ADDED = 100

// Each is one thing that a unit can see happen. A mean of answers is not: nobody answers for what another answers.
const REPAIRED = { discipline: ['A1', 'A2', 'A3'], service: ['S1', 'S2', 'S3', 'S4'] } as const
// A complaint that is answered and settled in time is a success of all three.
const ADDED = { discipline: ['C1'], service: ['S1', 'S2', 'S4'] } as const

/** Nothing where the best band is reached, or where nothing is judged yet: there what is missing says more. */
export function liftsOf(
  score: JudgedScore['score'],
  judged: JudgedScore,
  countsOf: CountsOf,
  judge: (countsOf: CountsOf) => JudgedScore,
  rules: ScoringRules,
): readonly Lift[] {
  const { bands } = rules
  if (judged.band === 'kept' || judged.band === 'not_enough_data') return []
  const isReached = (other: JudgedScore) =>
    judged.band === 'needs_support' ? other.upper80 >= bands.supportUnder : other.lower80 >= bands.keptFrom
  const windowOf = (measure: PriorMeasure): WindowName => {
    if (measure === 'S4') return rules.service.backlogWindow
    return score === 'service' ? serviceWindow(countsOf, rules) : rules.discipline.window
  }
  const fewest = (most: number, moved: (cases: number) => CountsOf) => {
    const at = firstOf(most, (cases) => isReached(judge(moved(cases))))
    return at === undefined ? undefined : { cases: at, band: judge(moved(at)).band }
  }
  const repaired = REPAIRED[score].flatMap((measure): Lift[] => {
    const { numerator, denominator } = countsOf(measure, windowOf(measure))
    const failures = Math.max(0, Math.round(denominator - numerator))
    const found = fewest(failures, (cases) => withMoved(countsOf, [measure], (counts) => repair(counts, cases)))
    return found === undefined ? [] : [{ move: 'repaired', measures: [measure], of: failures, ...found }]
  })
  const added = fewest(MOST_ADDED, (cases) => withMoved(countsOf, ADDED[score], (counts) => add(counts, cases)))
  return added === undefined
    ? repaired
    : [...repaired, { move: 'added', measures: ADDED[score], of: undefined, ...added }]
}

const repair = (counts: Counts, cases: number): Counts => ({
  ...counts,
  numerator: Math.min(counts.denominator, counts.numerator + cases),
})
const add = (counts: Counts, cases: number): Counts => ({
  ...counts,
  numerator: counts.numerator + cases,
  denominator: counts.denominator + cases,
})

function withMoved(countsOf: CountsOf, measures: readonly PriorMeasure[], moved: (counts: Counts) => Counts): CountsOf {
  const names: ReadonlySet<string> = new Set(measures)
  return (measure, window) => (names.has(measure) ? moved(countsOf(measure, window)) : countsOf(measure, window))
}

/** The least of 1 to `most` that holds; a success more never lowers a score, so what holds once holds from there on. */
function firstOf(most: number, holds: (cases: number) => boolean): number | undefined {
  if (most < 1 || !holds(most)) return undefined
  let [low, high] = [1, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return high
}
