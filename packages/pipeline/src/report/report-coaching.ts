import type { PlainDate } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import type { ReportAction, ReportFinding, ReportObjection, ReportRestatement } from '@bina/reporting/report-input'
import type { CoachingRow, RestatedScore } from '../ports/report-figures.ts'

interface When {
  readonly zone: string
  /** The Monday of the reported week. */
  readonly week: PlainDate
  /** When the last mail of the report left, or should have. */
  readonly lastMailMs: number
}

const closedOn = (row: CoachingRow, zone: string) => (row.closedAtMs === null ? null : dateIn(zone, row.closedAtMs))
const stillShown = (date: PlainDate | null, week: PlainDate) => date === null || date >= week

/** Agreed on, and not done before the reported week; the latest first. */
export function reportActions(rows: readonly CoachingRow[], { zone, week }: When): readonly ReportAction[] {
  return rows
    .filter(({ kind }) => kind === 'action')
    .map((row) => ({
      actionId: row.itemId,
      actionCode: row.code,
      agreedOn: dateIn(zone, row.openedAtMs),
      dueOn: row.dueOn,
      doneOn: closedOn(row, zone),
    }))
    .filter(({ doneOn }) => stillShown(doneOn, week))
    .sort((a, b) => order(b.agreedOn, a.agreedOn) || order(a.actionId, b.actionId))
}

/** Open, or not closed before the reported week; the earliest due first. */
export function reportFindings(rows: readonly CoachingRow[], { zone, week }: When): readonly ReportFinding[] {
  return rows
    .filter(({ kind }) => kind === 'finding')
    .map((row) => ({
      findingId: row.itemId,
      raisedFrom: row.raisedFrom as ReportFinding['raisedFrom'],
      category: row.code,
      raisedOn: dateIn(zone, row.openedAtMs),
      dueOn: row.dueOn,
      closedOn: closedOn(row, zone),
    }))
    .filter((finding) => stillShown(finding.closedOn, week))
    .sort((a, b) => order(a.dueOn, b.dueOn) || order(a.findingId, b.findingId))
}

/** Undecided, or decided since the last mail; the earliest first. */
export function reportObjections(rows: readonly CoachingRow[], { zone, lastMailMs }: When): readonly ReportObjection[] {
  return rows
    .filter(({ kind, closedAtMs }) => kind === 'objection' && (closedAtMs === null || closedAtMs >= lastMailMs))
    .map(
      (row): ReportObjection => ({
        objectionId: row.itemId,
        week: row.dueOn,
        measure: row.code === '' ? null : row.code,
        raisedOn: dateIn(zone, row.openedAtMs),
        outcome: row.outcome === 'upheld' || row.outcome === 'dismissed' ? row.outcome : null,
        decidedOn: closedOn(row, zone),
      }),
    )
    .sort((a, b) => order(a.raisedOn, b.raisedOn) || order(a.objectionId, b.objectionId))
}

/** What the last mail did not say of a week that had become final; what moved and came back is nothing. The latest week first. */
export function reportRestatements(rows: readonly RestatedScore[], lastMailMs: number): readonly ReportRestatement[] {
  const restated = new Map<string, ReportRestatement>()
  for (const { week, score, before, now, cause, atMs } of rows) {
    if (atMs < lastMailMs) continue
    const name = `${week}|${score}`
    const first = restated.get(name)
    restated.set(name, {
      ...{ week, score: score === 'service' ? 'service' : 'discipline' },
      ...{ before: first === undefined ? before : first.before, now, cause },
    })
  }
  return [...restated.values()]
    .filter(({ before, now }) => before !== now)
    .sort((a, b) => order(b.week, a.week) || order(b.score, a.score))
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
