export type RunState = 'running' | 'finished' | 'finished_with_failures' | 'held'

export interface ReportRun {
  /** Monday of the reported week. */
  readonly period: string
  readonly runId: string
  readonly state: RunState
  readonly startedAtMs: number
  readonly finishedAtMs: number | undefined
  readonly dataCompleteUntilMs: number
  readonly units: number
  readonly delivered: number
  readonly failed: number
  readonly suppressed: number
  readonly cause: string
}

export type DeliveryState = 'queued' | 'sent' | 'failed' | 'suppressed'

/** Which report: '' is a unit's own, the others are roll-ups for those above. */
export type ReportName = '' | 'area' | 'city' | 'integrity'

/** As whom somebody gets a copy. `in_place_of`: the superior, as the post is vacant or its mailbox takes no mail; `added`: nobody of the directory. */
export type CopyReader = 'unit_head' | 'superior' | 'in_place_of' | 'added'

export interface ReportDelivery {
  readonly runId: string
  readonly unitId: string
  readonly recipient: string
  readonly locale: string
  readonly issue: number
  readonly report: ReportName
  readonly reader: CopyReader
  /** A second mail to a superior, who had the copy before it was known that the post cannot be reached. */
  readonly followUp: boolean
  readonly state: DeliveryState
  readonly attempts: number
  readonly messageId: string
  readonly smtpReply: string
}

/** What was sent to whom. Each write is durable when it resolves; of two writes to one row the later stands. */
export interface ReportLedger {
  run(runId: string): Promise<ReportRun | undefined>
  /** The latest first. */
  runs(limit: number): Promise<readonly ReportRun[]>
  /** How many weeks other than this one have a run that ended. */
  endedBeside(runId: string): Promise<number>
  /** Mondays of the weeks whose run was begun and has not ended, or has mails that wait for another try. */
  openWeeks(): Promise<readonly string[]>
  writeRun(run: ReportRun): Promise<void>
  deliveries(runId: string): Promise<readonly ReportDelivery[]>
  /** The one whose mails have this Message-ID, with its angle brackets. */
  deliveryOf(messageId: string): Promise<ReportDelivery | undefined>
  writeDelivery(delivery: ReportDelivery): Promise<void>
}
