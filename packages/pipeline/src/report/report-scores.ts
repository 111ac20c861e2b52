import type {
  ReportBand,
  ReportConfidence,
  ReportMeasure,
  ReportScore,
  ReportWindow,
} from '@bina/reporting/report-input'
import type { CountsOf } from '@bina/scoring/counts'
import { serviceWindow } from '@bina/scoring/judge-service'
import type { ScoringRules } from '@bina/scoring/scoring-policy'
import type { MeasureFigures, ScoreFigures } from '../ports/report-figures.ts'

export type ScoreName = 'service' | 'discipline'

/** One unit's score as a report speaks of it; null without a row. `measures` are those of the same unit and week. */
export function reportScore(
  name: ScoreName,
  row: ScoreFigures | undefined,
  measures: readonly MeasureFigures[],
  rules: ScoringRules,
): ReportScore | null {
  if (row === undefined) return null
  const weights: Readonly<Record<string, { readonly weight: number }>> = rules[name].terms
  const countsOf: CountsOf = (measure, window) =>
    measures.find((candidate) => candidate.measure === measure && candidate.window === window) ?? {
      numerator: 0,
      denominator: 0,
    }
  return {
    value: row.value,
    lower80: row.lower80,
    upper80: row.upper80,
    confidence: row.confidence as ReportConfidence,
    band: row.band as ReportBand,
    window: name === 'discipline' ? rules.discipline.window : serviceWindow(countsOf, rules),
    terms: Object.entries(row.terms).map(([term, points]) => ({ term, points, weight: weights[term]?.weight ?? 0 })),
  }
}

export const reportMeasure = ({ unitId: _, window, ...figures }: MeasureFigures): ReportMeasure => ({
  ...figures,
  window: window as ReportWindow,
})
