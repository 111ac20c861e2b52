import type { ReportName } from './report-ledger.ts'

/** What a mail tells that the next one is compared with. */
export interface ToldFigures {
  /** Points as they are shown; null where none are. */
  readonly service: number | null
  readonly discipline: number | null
  /** Open cases that fall due in the next five working days, and those past their due. */
  readonly due: number
  readonly overdue: number
  /** What it tells as done, closed, decided or restated, so that the next tells what came to be known since. */
  readonly told: readonly string[]
}

/** What one report of a run says: every copy of it, however late it leaves. */
export interface ReportSnapshot extends ToldFigures {
  readonly unitId: string
  readonly report: ReportName
  /** The Monday of the reported week. */
  readonly week: string
  /** Until when it was known what is in it; what came later is not. */
  readonly sentAtMs: number
  /** What its words are made from, JSON. */
  readonly input: string
}

/** The last mail of a unit's own report that reached its post. */
export interface LastMail extends Omit<ReportSnapshot, 'report' | 'input'> {
  /** Of this mail and those before it, what was told last first. */
  readonly told: readonly string[]
  /** `sentAtMs` of the first of them. */
  readonly firstSentAtMs: number
}

export interface ReportSnapshots {
  /**
   * Of each of these units the latest before this week whose report was sent to the post, or in its place to its superior, of half a year at
   * most. What was sent again on request does not count: it takes nothing from what the next mail tells.
   */
  lastBefore(week: string, unitIds: readonly string[]): Promise<readonly LastMail[]>
  /** What reports of a week were kept with; none where nothing was kept, or longer ago than a run may take. */
  inputsOf(
    of: { readonly week: string; readonly report: ReportName },
    unitIds: readonly string[],
  ): Promise<readonly { readonly unitId: string; readonly input: string }[]>
  /** Kept before the first copy leaves; of two of one report and week the later `sentAtMs` stands. */
  keep(snapshot: ReportSnapshot): Promise<void>
}
