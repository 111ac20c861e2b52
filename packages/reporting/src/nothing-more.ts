import type { ReportInput } from './report-input.ts'

/** What a report says besides scores and cases, where there is nothing of it to say. */
export const nothingMore = {
  trends: [],
  signals: [],
  conduct: [],
  actions: [],
  findings: [],
  changes: [],
  restatements: [],
  objections: [],
  coachingEffect: null,
} as const satisfies Partial<ReportInput>
