/** What the mail of one report said, so that the next can say what has changed. */
export interface ReportSnapshot {
  readonly unitId: string
  /** The Monday of the reported week. */
  readonly week: string
  /** Begin of the run that sent it: what came to be known later was not in it. */
  readonly sentAtMs: number
  /** Points as they were shown; null where none were. */
  readonly service: number | null
  readonly discipline: number | null
  /** Open cases that were to fall due in the next five working days, and those past their due. */
  readonly due: number
  readonly overdue: number
  /** What it told as done, closed or decided, so that the next tells what came to be known since. */
  readonly told: readonly string[]
}

export interface ReportSnapshots {
  /** Of each of these units the latest before this week that was sent, of half a year at most. */
  lastBefore(week: string, unitIds: readonly string[]): Promise<readonly ReportSnapshot[]>
  /** Written when a mail server has taken the mail; of two of one unit and week the later `sentAtMs` stands. */
  write(snapshots: readonly ReportSnapshot[]): Promise<void>
}
