import type { ReportChange, ReportInput } from '@bina/reporting/report-input'
import type { ReportSnapshot } from '../ports/report-snapshots.ts'

type Said = Pick<ReportInput, 'service' | 'discipline' | 'casesDue' | 'casesOverdue'>

/** What the mail of this report says in figures, to be kept when it was sent. */
export function reportSnapshot(input: ReportInput, sentAtMs: number): ReportSnapshot {
  return { unitId: input.unit.id, week: input.week, sentAtMs, ...figuresOf(input), told: toldOf(input) }
}

/** How a snapshot names what its mail told as done, closed or decided. */
export const closedItem = (kind: 'session' | 'action' | 'finding' | 'objection', itemId: string): string =>
  `${kind}|${itemId}`

const toldOf = ({ actions, findings, objections }: ReportInput): readonly string[] => [
  ...actions.flatMap(({ actionId, doneOn }) => (doneOn === null ? [] : [closedItem('action', actionId)])),
  ...findings.flatMap(({ findingId, closedOn }) => (closedOn === null ? [] : [closedItem('finding', findingId)])),
  ...objections.flatMap(({ objectionId, outcome }) => (outcome === null ? [] : [closedItem('objection', objectionId)])),
]

/** What has moved since the mail that this snapshot was kept of; nothing without one. */
export function changesSince(before: ReportSnapshot | undefined, said: Said): readonly ReportChange[] {
  if (before === undefined) return []
  const now = figuresOf(said)
  return (['service', 'discipline', 'due', 'overdue'] as const)
    .map((of) => ({ of, before: before[of], now: now[of] }))
    .filter((change) => change.before !== null || change.now !== null)
}

const figuresOf = ({ service, discipline, casesDue, casesOverdue }: Said) => ({
  service: service?.value ?? null,
  discipline: discipline?.value ?? null,
  due: casesDue.length,
  overdue: casesOverdue.length,
})
