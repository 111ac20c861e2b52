import { linkedCell } from '../linked-cell.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportCase } from '../report-input.ts'
import type { Block, Section } from '../view-model.ts'

/** More than this fills a phone; the rest stands in the complaint system. */
const SHOWN_CASES = 8

/** By id, each leading into the system that it came by. */
export function casesSection(context: ReportContext): Section {
  const { input, messages } = context
  const blocks = [
    ...caseTable(messages.cases.overdueCaption, input.casesOverdue, context),
    ...caseTable(messages.cases.dueCaption, input.casesDue, context),
  ]
  const none: Block = { kind: 'paragraph', tone: 'plain', text: messages.cases.none }
  return {
    id: 'cases',
    heading: messages.cases.heading,
    blocks: input.casesDue.length === 0 ? [...blocks, none] : blocks,
  }
}

function caseTable(caption: string, cases: readonly ReportCase[], context: ReportContext): readonly Block[] {
  if (cases.length === 0) return []
  const { input, messages, formats, count } = context
  const shown = cases.slice(0, SHOWN_CASES)
  const table: Block = {
    kind: 'table',
    caption,
    columns: [messages.cases.idColumn, messages.cases.dueColumn],
    rows: shown.map((c) => [linkedCell(plainLine(c.complaintId), c.url), formats.dayOf(c.dueAtMs, input.week)]),
  }
  const hidden = cases.length - shown.length
  if (hidden === 0) return [table]
  return [table, { kind: 'paragraph', tone: 'quiet', text: messages.cases.more(count(hidden)) }]
}
