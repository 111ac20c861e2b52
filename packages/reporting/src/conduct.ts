import type { ConductCategory, ReportConduct, ReportInput } from './report-input.ts'

/** In the order in which a page names them; never by their number. */
export const CONDUCT_CATEGORIES = [
  'rude',
  'convoluted',
  'obstructive',
  'facility',
] as const satisfies readonly ConductCategory[]

/** The three that a resident meets with in people; `S11` charts the days between two of them. */
const BEHAVIOURS = ['rude', 'convoluted', 'obstructive'] as const satisfies readonly ConductCategory[]

/** Of the behaviours the one reported most in 13 weeks, the first of equal ones; undefined where there was none. */
export function mostReportedBehaviour({ conduct }: Pick<ReportInput, 'conduct'>): ReportConduct | undefined {
  let most: ReportConduct | undefined
  for (const category of BEHAVIOURS) {
    const counts = conduct.find((c) => c.category === category)
    if (counts !== undefined && counts.inR13 > (most?.inR13 ?? 0)) most = counts
  }
  return most
}
