import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReportPrint } from '@bina/pipeline/ports/report-print'
import { createPdfPrinter } from './pdf-printer.ts'
import { createPngPrinter } from './png-printer.ts'

/** Pictures and pages by resvg and Typst, with fonts of their own. */
export function createReportPrint(): ReportPrint {
  const pdf = createPdfPrinter()
  return {
    png: createPngPrinter(),
    pdf: async (report) => {
      // What the compiler held for a page before is given back in a turn of the event loop: without one between them, it piles up.
      await nextTurn()
      return pdf(report)
    },
  }
}
