import type { ReportName } from '@bina/pipeline/ports/report-ledger'
import type { ComposeDeps } from '@bina/pipeline/report/compose-mail'

/** What mails are made with beside words: pictures and pages, and links to the portal. What is absent they do without. */
export interface ReportTools extends ComposeDeps {
  /** The address at which somebody who was added confirms it; absent where no portal is set up. */
  readonly confirmLink?: (
    of: {
      readonly unitId: string
      readonly report: ReportName
      readonly recipient: string
      readonly locale: 'id' | 'en'
    },
    askedAtMs: number,
  ) => string
}

/** The same for the run and for the commands that show or try a report. */
export async function createReportTools(): Promise<ReportTools> {
  return {}
}
