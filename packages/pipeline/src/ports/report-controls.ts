export type ReportControl = 'paused' | 'approved'

/** What an operator decided about a week's run. */
export interface ReportControls {
  /** Those that are set for the week, by its Monday. */
  of(week: string): Promise<ReadonlySet<ReportControl>>
  set(week: string, control: ReportControl, isSet: boolean): Promise<void>
}
