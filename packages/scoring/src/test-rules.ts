import type { Counts, CountsOf } from './counts.ts'
import type { MeasureId, WindowName } from './measure-id.ts'
import type { ScoringRules } from './scoring-policy.ts'

const discipline = { floor: 0.6, target: 0.95 }
const answers = { floor: 0.4, target: 0.9 }

/** The starting values of domain.md 5.5 and scores of version 1, for tests; the city's own stand in policy/scoring.yaml. */
export const startingRules: ScoringRules = {
  priors: {
    A1: { mean: 0.95, strength: 40 },
    A2: { mean: 0.82, strength: 40 },
    A3: { mean: 0.87, strength: 40 },
    C1: { mean: 0.95, strength: 10 },
    S1: { mean: 0.8, strength: 20 },
    S2: { mean: 0.7, strength: 20 },
    S3: { mean: 0.85, strength: 10 },
    S4: { mean: 0.95, strength: 10 },
    S5: { mean: 0.75, strength: 20 },
    S6: { mean: 0.75, strength: 20 },
  },
  personCorrelation: { A1: 0, A2: 0, A3: 0 },
  discipline: {
    window: 'R4',
    hideUnderPersonDays: 40,
    terms: {
      verified_attendance: { ...discipline, weight: 0.5 },
      on_time: { ...discipline, weight: 0.3 },
      full_day: { ...discipline, weight: 0.2 },
    },
  },
  service: {
    window: 'R13',
    widenedWindow: 'R26',
    backlogWindow: 'R52',
    widenUnderDueCases: 10,
    hideUnderDueCases: 5,
    terms: {
      response: { floor: 0.4, target: 0.95, weight: 0.2 },
      verified_resolution: { floor: 0.25, target: 0.85, weight: 0.35 },
      satisfaction: { ...answers, weight: 0.2 },
      courtesy_clarity: { ...answers, weight: 0.15 },
      no_stale_backlog: { floor: 0.7, target: 1, weight: 0.1 },
    },
  },
  bands: { keptFrom: 80, supportUnder: 60 },
  confidence: { highUpTo: 10, mediumUpTo: 20, lowUpTo: 35 },
  answerSpread: 0.28,
  lostMinutesLimit: 450,
}

export type CountTable = { readonly [M in MeasureId]?: readonly [numerator: number, denominator: number] }

/** Counts of one window, or the same ones in every window. */
export function countsFrom(table: CountTable, only?: WindowName): CountsOf {
  return (measure, window): Counts => {
    const [numerator, denominator] = (only === undefined || only === window ? table[measure] : undefined) ?? [0, 0]
    return { numerator, denominator }
  }
}
