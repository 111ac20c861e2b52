import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drawChart } from '@bina/reporting/chart/draw-chart'
import type { Block, ReportViewModel } from '@bina/reporting/view-model'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './fonts.ts'

/** The template took a view model that it cannot lay out: a fault of ours. */
export class PdfError extends Error {
  readonly code = 'bad_pdf'
}

/** PDF of reports: tagged (PDF/UA-1), A4, one page where it can be, with its fonts; equal reports give equal bytes. */
export function createPdfPrinter(): (report: ReportViewModel) => Uint8Array {
  // By its path: handed over as text it would be a new file to the compiler each time, and none of them is ever forgotten.
  const mainFilePath = fileURLToPath(new URL('../templates/report.typ', import.meta.url))
  const compiler = NodeCompiler.create({
    workspace: dirname(mainFilePath),
    fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }],
  })
  return (report) => {
    const inputs = { report: JSON.stringify({ ...report, sections: report.sections.map(withPictures) }) }
    try {
      // In one call: a document that is handed out stays in memory that the garbage collector does not see.
      return compiler.pdf({ mainFilePath, inputs }, { pdfStandard: 'ua-1', pdfTags: true })
    } catch (error) {
      throw new PdfError(whyNot(error), { cause: error })
    } finally {
      // What was laid out for one report is of no use to the next.
      compiler.evictCache(0)
    }
  }
}

/** The compiler throws its diagnostics as an error's code. */
function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return `the report cannot be laid out: ${code}`
}

function withPictures({ blocks, ...section }: ReportViewModel['sections'][number]) {
  return { ...section, blocks: blocks.map(withPicture) }
}

function withPicture(block: Block): object {
  return block.kind === 'chart' ? { ...block, svg: drawChart(block.chart) } : block
}
