import type { ReportChange, ReportInput, ReportRestatement } from '@bina/reporting/report-input'
import type { ToldFigures } from '../ports/report-snapshots.ts'

type Said = Pick<ReportInput, 'service' | 'discipline' | 'casesDue' | 'casesOverdue'>

/** What a unit's report tells that the next one is compared with. */
export const toldFigures = (input: ReportInput): ToldFigures => ({ ...figuresOf(input), told: toldOf(input) })

/** Of a report that the next is not compared with. */
export const nothingTold: ToldFigures = { service: null, discipline: null, due: 0, overdue: 0, told: [] }

/** How a snapshot names what its mail told as done, closed or decided. */
export const closedItem = (kind: 'session' | 'action' | 'finding' | 'objection', itemId: string): string =>
  `${kind}|${itemId}`

/** How a snapshot names the value that its mail told of a week that had been final; `restatedScore` is what all values of it begin with. */
export const restatedValue = (of: Pick<ReportRestatement, 'week' | 'score' | 'now'>): string =>
  `${restatedScore(of)}${of.now}`
export const restatedScore = ({ week, score }: Pick<ReportRestatement, 'week' | 'score'>): string =>
  `restated|${week}|${score}|`

const toldOf = ({ actions, findings, objections, restatements }: ReportInput): readonly string[] => [
  ...actions.flatMap(({ actionId, doneOn }) => (doneOn === null ? [] : [closedItem('action', actionId)])),
  ...findings.flatMap(({ findingId, closedOn }) => (closedOn === null ? [] : [closedItem('finding', findingId)])),
  ...objections.flatMap(({ objectionId, outcome }) => (outcome === null ? [] : [closedItem('objection', objectionId)])),
  ...restatements.map(restatedValue),
]

/** What has moved since the mail that this snapshot was kept of; nothing without one. */
export function changesSince(before: Omit<ToldFigures, 'told'> | undefined, said: Said): readonly ReportChange[] {
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
