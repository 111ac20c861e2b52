import { readFileSync } from 'node:fs'
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
  const mainFileContent = readFileSync(new URL('../templates/report.typ', import.meta.url), 'utf8')
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }] })
  const layOut = (report: string, density: 'normal' | 'compact') => {
    const compiled = compiler.compile({ mainFileContent, inputs: { report, density } })
    if (compiled.result === null) throw new PdfError(whyNot(compiler, compiled))
    return compiled.result
  }
  return (report) => {
    const data = JSON.stringify({ ...report, sections: report.sections.map(withPictures) })
    const normal = layOut(data, 'normal')
    const document = normal.numOfPages === 1 ? normal : layOut(data, 'compact')
    const pdf = compiler.pdf(document, { pdfStandard: 'ua-1', pdfTags: true })
    // What was laid out for one report is of no use to the next.
    compiler.evictCache(0)
    return pdf
  }
}

function whyNot(compiler: NodeCompiler, compiled: ReturnType<NodeCompiler['compile']>): string {
  const error = compiled.takeError()
  return error === null ? 'the report cannot be laid out' : JSON.stringify(compiler.fetchDiagnostics(error))
}

function withPictures({ blocks, ...section }: ReportViewModel['sections'][number]) {
  return { ...section, blocks: blocks.map(withPicture) }
}

function withPicture(block: Block): object {
  return block.kind === 'chart' ? { ...block, svg: drawChart(block.chart) } : block
}
