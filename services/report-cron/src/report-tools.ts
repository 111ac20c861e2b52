import type { LinkConfig } from '@bina/pipeline/links/make-link'
import { createReportLinks } from '@bina/pipeline/links/report-links'
import { createSubscriptionLinks } from '@bina/pipeline/links/subscription-links'
import type { ReportName } from '@bina/pipeline/ports/report-ledger'
import type { ComposeDeps } from '@bina/pipeline/report/compose-mail'
import { createReportPrint } from '@bina/print/report-print'

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

/** The same for the run and for the commands that try a report. */
export function createReportTools(links: LinkConfig): ReportTools {
  return { print: createReportPrint(), ...createLinkTools(links) }
}

/** The links alone: also those of a report that is only shown. */
export function createLinkTools(links: LinkConfig): Omit<ReportTools, 'print'> {
  const subscription = createSubscriptionLinks(links)
  return {
    makeLinks: createReportLinks(links),
    ...(subscription === undefined
      ? {}
      : { unsubscribeLink: subscription.unsubscribe, confirmLink: subscription.confirm }),
  }
}
