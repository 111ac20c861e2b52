import { findMeasure } from './choose-focus.ts'
import type { ReportInput, ReportMeasure, ReportWindow } from './report-input.ts'
import { isSustained } from './sustained-signals.ts'

export type GoodMeasure = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'A1' | 'A2' | 'A3'

const GOOD_SIGNALS = ['S2', 'S6', 'S5', 'S11', 'A2', 'A1', 'A3'] as const
export type GoodSignal = (typeof GOOD_SIGNALS)[number]

/** One fact that went well; where the data hold none, a smaller one, and in the end the thanks alone. */
export type GoodNews =
  | { readonly kind: 'measure'; readonly measure: GoodMeasure; readonly counts: ReportMeasure }
  /** A change to the good that chance does not explain. */
  | { readonly kind: 'signal'; readonly measure: GoodSignal; readonly weeks: number }
  | { readonly kind: 'spot_checks'; readonly confirmed: number }
  | { readonly kind: 'nothing_overdue' }
  | { readonly kind: 'presence'; readonly counts: ReportMeasure }
  | { readonly kind: 'thanks' }

// Service before discipline, and what is fresh before what is long ago.
const CANDIDATES: readonly (readonly [GoodMeasure, ReportWindow])[] = [
  ['S1', 'W1'],
  ['S2', 'W1'],
  ['S6', 'R13'],
  ['S3', 'R13'],
  ['S1', 'R13'],
  ['S2', 'R13'],
  ['S5', 'R13'],
  ['S3', 'R26'],
  ['S1', 'R26'],
  ['S2', 'R26'],
  ['S4', 'R52'],
  ['A2', 'W1'],
  ['A1', 'W1'],
  ['A2', 'R4'],
  ['A1', 'R4'],
  ['A3', 'R4'],
]

const GOOD_RATIO = 0.8
const MINIMUM_FOR_MOST = 3
/** A mean of few ratings is not spoken of (reading 42), so it cannot be the good news either. */
const MINIMUM_RATINGS = 10

/** What a check may put in doubt is no good news until the check agrees. */
const CHECKED_BY: Partial<Record<GoodMeasure, string>> = { S2: 'S3', A1: 'C1' }

/** The measures of the focus are left out: nobody is praised and asked for more in one breath. */
export function chooseGoodNews(input: ReportInput, focusMeasures: readonly string[]): GoodNews {
  const inDoubt = (measure: GoodMeasure) =>
    input.measures.some(
      (m) => m.measure === CHECKED_BY[measure] && m.denominator > 0 && m.numerator / m.denominator < GOOD_RATIO,
    )
  for (const measure of GOOD_SIGNALS) {
    const signal = input.signals.find((s) => s.measure === measure && s.direction === 'improvement' && isSustained(s))
    const isFree = !focusMeasures.includes(measure) && (measure === 'S11' || !inDoubt(measure))
    if (signal !== undefined && isFree) return { kind: 'signal', measure, weeks: signal.weeks }
  }
  const found = CANDIDATES.flatMap(([measure, window]) => {
    if (focusMeasures.includes(measure) || inDoubt(measure)) return []
    const counts = findMeasure(input.measures, measure, window)
    return counts === undefined ? [] : [{ kind: 'measure' as const, measure, counts }]
  })
  const mostWentWell = found.find(({ measure, counts }) => {
    const minimum = measure === 'S5' || measure === 'S6' ? MINIMUM_RATINGS : MINIMUM_FOR_MOST
    return counts.denominator >= minimum && counts.numerator / counts.denominator >= GOOD_RATIO
  })
  if (mostWentWell !== undefined) return mostWentWell

  const allWentWell = found.find(
    ({ measure, counts }) => measure !== 'S5' && measure !== 'S6' && counts.numerator === counts.denominator,
  )
  if (allWentWell !== undefined) return allWentWell

  const { confirmed, notConfirmed } = input.spotChecks
  if (confirmed > 0 && notConfirmed === 0) return { kind: 'spot_checks', confirmed }

  if (input.casesOverdue.length === 0 && input.casesDue.length > 0) return { kind: 'nothing_overdue' }

  const presence = findMeasure(input.measures, 'A1', 'W1') ?? findMeasure(input.measures, 'A1', 'R4')
  if (presence !== undefined && presence.numerator > 0 && !inDoubt('A1')) return { kind: 'presence', counts: presence }
  return { kind: 'thanks' }
}
