import { cellText } from './linked-cell.ts'
import type { Block, Cell, ReportViewModel, Section, Table } from './view-model.ts'
import { wrapText } from './wrap-text.ts'

const WIDTH = 72

/** The whole report as plain text of 72 columns: for readers without HTML, for screen readers, and for the archive. */
export function renderText(report: ReportViewModel): string {
  const parts = [
    ...(report.notices ?? []).map((notice) => wrap(notice)),
    [wrap(report.title.toUpperCase()), wrap(`${report.unitLabel}, ${report.period}`)].join('\n'),
    wrap(report.greeting),
    wrap(report.opening),
    ...report.sections.map(renderSection),
    '-'.repeat(WIDTH),
    wrap(report.disclaimer),
    ...report.footer.map((line) => wrap(line)),
    ...(report.unsubscribe ?? []).map(({ text, url }) => `${wrap(`${text}:`)}\n${url}`),
  ]
  return `${parts.join('\n\n')}\n`
}

function wrap(text: string, indent = ''): string {
  return wrapText(text, WIDTH, indent)
}

function renderSection({ heading, blocks }: Section): string {
  const title = wrap(heading)
  const underline = '='.repeat(Math.min(WIDTH, Math.max(...title.split('\n').map((line) => line.length))))
  return [`${title}\n${underline}`, ...blocks.map(renderBlock)].join('\n\n')
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text)
    case 'question':
      return wrap(`> ${block.text}`, '  ')
    case 'scale':
      return wrap(`${block.label}: ${block.valueText} (${block.band})`)
    case 'facts':
      return block.rows.map(renderFact).join('\n')
    case 'step':
      return [wrap(`${block.label}: ${block.text}`), ...block.facts.map((fact) => renderFact(fact))].join('\n')
    case 'table':
      return renderTable(block)
    case 'chart':
      return renderSeries(block.table)
    case 'list':
      return block.items.map((item) => `${wrap(`- ${cellText(item)}`, '  ')}${addressLine(item)}`).join('\n')
    case 'button':
      return `${wrap(`${block.text}:`)}\n${block.url}`
    default:
      return block satisfies never
  }
}

function renderFact({ label, text }: { readonly label: string; readonly text: string }): string {
  return wrap(`- ${label}: ${text}`, '  ')
}

/** The numbers of a picture as one running line: `W46 64 (55–73), W47 66 (58–75)`. */
function renderSeries({ caption, rows }: Table): string {
  const points = rows.map((row) => {
    const [header = '', value = '', ...rest] = row.map(cellText)
    const further = rest.filter((text) => text !== '').join(', ')
    return `${header} ${value === '' ? '–' : value}${further === '' ? '' : ` (${further})`}`
  })
  return wrap(`${caption}: ${points.join('; ')}.`)
}

function renderTable({ caption, columns, rows }: Table): string {
  return [wrap(`${caption}:`), ...rows.map((row) => renderRow(row, columns))].join('\n')
}

/** An address has a line of its own, so that no mail client breaks it. */
function addressLine(cell: Cell): string {
  return typeof cell === 'string' ? '' : `\n  ${cell.url}`
}

/** Tables are read out as lines: columns of text break on phones and mean nothing to a screen reader. */
function renderRow(row: readonly Cell[], columns: readonly string[]): string {
  const [header = '', ...cells] = row.map(cellText)
  const named = cells
    .flatMap((cell, index) => (cell === '' ? [] : [`${(columns[index + 1] ?? '').toLowerCase()}: ${cell}`]))
    .join('; ')
  const line = `- ${header}; ${named}`
  const text = line.length <= WIDTH ? line : `${wrap(`- ${header}`, '  ')}\n${wrapText(named, WIDTH, '  ', '  ')}`
  return `${text}${row.map(addressLine).join('')}`
}
