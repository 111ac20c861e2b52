import type { Chart } from '@bina/reporting/chart/chart'
import type { ReportViewModel } from '@bina/reporting/view-model'

/** Pictures and pages of a report: equal input gives equal bytes, on every machine. */
export interface ReportPrint {
  /** PNG, at twice the size that the mail shows it at. Equal charts are drawn once. */
  png(chart: Chart): Promise<Uint8Array>
  /** One tagged A4 document (PDF/UA) of the whole report. */
  pdf(report: ReportViewModel): Promise<Uint8Array>
}
