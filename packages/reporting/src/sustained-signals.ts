import type { ReportSignal } from './report-input.ts'

/** One week's flag may be chance: it is spoken of when it has stood for two weeks, or lies beyond the limits (domain.md 2.1). */
export function isSustained({ rule, weeks }: ReportSignal): boolean {
  return weeks >= 2 || rule === 'beyond'
}

export function sustainedConcern(signals: readonly ReportSignal[], measure: string): ReportSignal | undefined {
  return signals.find((signal) => signal.measure === measure && signal.direction === 'concern' && isSustained(signal))
}
