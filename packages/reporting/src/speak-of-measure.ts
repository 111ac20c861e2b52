import type { ReportContext } from './report-context.ts'
import type { ReportMeasure } from './report-input.ts'

/** Below ten there are words and counts, never a percentage and never a mean (reading 42). */
export const MINIMUM_FOR_PERCENT = 10

export function isRated(measure: string): measure is 'S5' | 'S6' {
  return measure === 'S5' || measure === 'S6'
}

/** A share of (answer - 1) / 3 back on the scale of the answers, 1 to 4. */
export function answerOf(share: number): number {
  return 1 + 3 * share
}

/** The mean of shares, on that scale. */
export function meanAnswer({ numerator, denominator }: Pick<ReportMeasure, 'numerator' | 'denominator'>): number {
  return answerOf(numerator / denominator)
}

type Counted = keyof ReportContext['messages']['facts']

function isCounted(measure: string, { messages }: ReportContext): measure is Counted {
  return Object.hasOwn(messages.facts, measure)
}

/** The counts as a clause: `7 dari 8 pengaduan ditanggapi tepat waktu`. Empty for a measure that the reports do not speak of. */
export function factOf(counts: ReportMeasure, context: ReportContext): string {
  const { messages, formats, count } = context
  const { measure, numerator, denominator } = counts
  if (isRated(measure)) {
    const n = count(denominator)
    if (denominator < MINIMUM_FOR_PERCENT) return messages.fewRatings[measure](n)
    return messages.ratedFacts[measure](formats.number(meanAnswer(counts), 1), n)
  }
  return isCounted(measure, context) ? messages.facts[measure](count(numerator), count(denominator)) : ''
}

/** The same with what remains: `..., 1 belum`. */
export function factWithRemainder(counts: ReportMeasure, context: ReportContext): string {
  const fact = factOf(counts, context)
  const remaining = Math.round(counts.denominator - counts.numerator)
  if (remaining <= 0 || !isCounted(counts.measure, context)) return fact
  return `${fact}; ${context.messages.remaining[counts.measure](context.count(remaining))}`
}

/** `Dalam 13 minggu terakhir, <clause>.` */
export function withinWindow(counts: ReportMeasure, clause: string, { messages }: ReportContext): string {
  return `${messages.within[counts.window]}, ${clause}.`
}
