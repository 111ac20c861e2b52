import type { DisciplineTerm, PriorMeasure, ServiceTerm } from '../scoring-policy.ts'

/** Which measures stand behind each term; of two the estimates are multiplied (domain.md 5.5). */
export const TERM_MEASURES = {
  discipline: { verified_attendance: ['A1', 'C1'], on_time: ['A2'], full_day: ['A3'] },
  service: {
    response: ['S1'],
    verified_resolution: ['S2', 'S3'],
    satisfaction: ['S5'],
    courtesy_clarity: ['S6'],
    no_stale_backlog: ['S4'],
  },
} as const satisfies {
  readonly discipline: Readonly<Record<DisciplineTerm, readonly PriorMeasure[]>>
  readonly service: Readonly<Record<ServiceTerm, readonly PriorMeasure[]>>
}
