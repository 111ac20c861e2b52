import type { PlainDate } from '@bina/domain/plain-date'
import type { AreaAction, AreaFinding, AreaUnit, HelpWanted } from '@bina/reporting/area-report-input'
import type { ReportInput, ReportRestatement } from '@bina/reporting/report-input'

/** What those above a unit read of its report: the same figures, and never more than the unit's own head reads. */
export interface UnitDigest {
  readonly unit: AreaUnit
  readonly actions: readonly AreaAction[]
  readonly findings: readonly AreaFinding[]
  readonly restatements: readonly (ReportRestatement & { readonly unitName: string })[]
  readonly spotChecks: ReportInput['spotChecks']
}

export function unitDigest(input: ReportInput, today: PlainDate): UnitDigest {
  const { unit, service, discipline, casesDue, casesOverdue, actions, findings, restatements, spotChecks } = input
  const { id, name, type } = unit
  const named = <T>(row: T): T & { readonly unitName: string } => ({ ...row, unitName: name })
  return {
    unit: {
      ...{ id, name, type, service, discipline },
      casesDue: casesDue.length,
      casesOverdue: casesOverdue.length,
      help: helpWanted(input, today),
    },
    actions: actions.map(named),
    findings: findings.map(named),
    restatements: restatements.map(named),
    spotChecks,
  }
}

function helpWanted(input: ReportInput, today: PlainDate): readonly HelpWanted[] {
  const { service, discipline, casesOverdue, actions, findings, signals } = input
  const counted: readonly HelpWanted[] = [
    { kind: 'needs_support', count: [service, discipline].filter((score) => score?.band === 'needs_support').length },
    { kind: 'cases_overdue', count: casesOverdue.length },
    {
      kind: 'action_overdue',
      count: actions.filter(({ doneOn, dueOn }) => doneOn === null && dueOn < today).length,
    },
    {
      kind: 'finding_overdue',
      count: findings.filter(({ closedOn, dueOn }) => closedOn === null && dueOn < today).length,
    },
    { kind: 'signal_concern', count: signals.filter(({ direction }) => direction === 'concern').length },
  ]
  return counted.filter(({ count }) => count > 0)
}
