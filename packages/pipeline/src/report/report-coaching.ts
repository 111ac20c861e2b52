import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { dateIn, instantOf } from '@bina/domain/zone'
import type {
  PlannedSession,
  ReportAction,
  ReportFinding,
  ReportObjection,
  ReportRestatement,
} from '@bina/reporting/report-input'
import type { CoachingRow, RestatedScore } from '../ports/report-figures.ts'
import type { LastMail } from '../ports/report-snapshots.ts'
import { closedItem, restatedScore, restatedValue } from './report-snapshot.ts'

interface When {
  readonly zone: string
  /** The Monday of the reported week. */
  readonly week: PlainDate
  /** When the last mail of the report should have left. */
  readonly lastRunMs: number
  /** What a mail of the report told before; absent where none left. */
  readonly lastMail?: Pick<LastMail, 'week' | 'told'>
}

const closedOn = (row: CoachingRow, zone: string) => (row.closedAtMs === null ? null : dateIn(zone, row.closedAtMs))

// A day may be told that much later than it was: by whoever presses a button, or by a system that was away.
const toldLateDays = 28

/** From when on a closed item can be news, where a mail of this week's report was the last one. */
export const newsFromMs = (zone: string, lastWeek: PlainDate): number =>
  instantOf(zone, addDays(lastWeek, 7 - toldLateDays), 0)

/** Open, or closed and not told yet. What was closed before the last mail may have been heard of after it. */
function isNews(row: CoachingRow, firstFromMs: number, { zone, lastMail }: When): boolean {
  if (row.closedAtMs === null) return true
  if (lastMail === undefined) return row.closedAtMs >= firstFromMs
  return row.closedAtMs >= newsFromMs(zone, lastMail.week) && !lastMail.told.includes(closedItem(row.kind, row.itemId))
}

/**
 * The session of now: planned in the reported week or the one that began, and not held; the earliest. Of those that the superior is to
 * hold: nobody records what somebody else was to do.
 */
export function plannedSession(
  rows: readonly CoachingRow[],
  { week, superiorId }: { readonly week: PlainDate; readonly superiorId: string | undefined },
): PlannedSession | undefined {
  const [session] = rows
    .filter(
      ({ kind, closedAtMs, dueOn, coachUnitId }) =>
        kind === 'session' &&
        coachUnitId === superiorId &&
        closedAtMs === null &&
        dueOn >= week &&
        dueOn < addDays(week, 14),
    )
    .sort((a, b) => order(a.dueOn, b.dueOn) || order(a.itemId, b.itemId))
  return session === undefined ? undefined : { coachingId: session.itemId, topicCode: session.code }
}

/** Agreed on, and not told before as done; the latest first. */
export function reportActions(rows: readonly CoachingRow[], when: When): readonly ReportAction[] {
  const { zone, week } = when
  return rows
    .filter((row) => row.kind === 'action' && isNews(row, instantOf(zone, week, 0), when))
    .map((row) => ({
      actionId: row.itemId,
      actionCode: row.code,
      agreedOn: dateIn(zone, row.openedAtMs),
      dueOn: row.dueOn,
      doneOn: closedOn(row, zone),
    }))
    .sort((a, b) => order(b.agreedOn, a.agreedOn) || order(a.actionId, b.actionId))
}

/** Open, or not told before as closed; the earliest due first. */
export function reportFindings(rows: readonly CoachingRow[], when: When): readonly ReportFinding[] {
  const { zone, week } = when
  return rows
    .filter((row) => row.kind === 'finding' && isNews(row, instantOf(zone, week, 0), when))
    .map((row) => ({
      findingId: row.itemId,
      raisedFrom: row.raisedFrom as ReportFinding['raisedFrom'],
      category: row.code,
      raisedOn: dateIn(zone, row.openedAtMs),
      dueOn: row.dueOn,
      closedOn: closedOn(row, zone),
    }))
    .sort((a, b) => order(a.dueOn, b.dueOn) || order(a.findingId, b.findingId))
}

/** Undecided, or not told before as decided; the earliest first. */
export function reportObjections(rows: readonly CoachingRow[], when: When): readonly ReportObjection[] {
  const { zone, lastRunMs } = when
  return rows
    .filter((row) => row.kind === 'objection' && isNews(row, lastRunMs, when))
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

/** From when on a move can be news: it is listed some time after it was found, and none is one to somebody who was told no figure before. */
export const movesFromMs = (zone: string, mail: Pick<LastMail, 'week' | 'firstSentAtMs'>): number =>
  Math.max(mail.firstSentAtMs, newsFromMs(zone, mail.week))

/**
 * Where a week that had become final has moved since `fromMs`, and nobody was told; what moved and came back is nothing. The latest week
 * first.
 *
 * @param since.told what mails told, the last first, as a snapshot names it
 */
export function reportRestatements(
  rows: readonly RestatedScore[],
  { fromMs, told }: { readonly fromMs: number; readonly told: readonly string[] },
): readonly ReportRestatement[] {
  const restated = new Map<string, ReportRestatement>()
  for (const { week, score: name, before, now, cause, atMs } of rows) {
    if (atMs < fromMs) continue
    const score = name === 'service' ? 'service' : 'discipline'
    const of = restatedScore({ week, score })
    const row: ReportRestatement = { week, score, before: restated.get(of)?.before ?? before, now, cause }
    // What led to the value that was told last is no news.
    if (told.find((value) => value.startsWith(of)) === restatedValue(row)) restated.delete(of)
    else restated.set(of, row)
  }
  return [...restated.values()]
    .filter(({ before, now }) => before !== now)
    .sort((a, b) => order(b.week, a.week) || order(b.score, a.score))
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
