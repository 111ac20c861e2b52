import type { ReportContext } from '../report-context.ts'
import type { ReportFinding } from '../report-input.ts'
import { shownItems } from '../shown-items.ts'
import type { Section } from '../view-model.ts'

const SHOWN_FINDINGS = 4

/** What visits, posts and inspections showed, with their dates; what is severe is named as handled elsewhere, and nothing more. */
export function findingsSection(context: ReportContext): readonly Section[] {
  const { input, messages, count } = context
  if (input.findings.length === 0) return []
  const items = shownItems(
    input.findings,
    SHOWN_FINDINGS,
    (finding) => line(finding, context),
    (n) => messages.findings.more(count(n)),
  )
  return [{ id: 'findings', heading: messages.findings.heading, blocks: [{ kind: 'list', items }] }]
}

function line(finding: ReportFinding, { input, messages, formats }: ReportContext): string {
  const words = messages.findings
  const day = (date: string) => formats.day(date, input.week)
  const { raisedFrom, category, raisedOn, dueOn, closedOn } = finding
  const what = words.line(words.from[raisedFrom], day(raisedOn), words.categories[categoryOf(category)])
  if (closedOn !== null) return `${what} ${words.closed(day(closedOn))}`
  const isPast = dueOn < formats.dateOf(input.dataCompleteUntilMs)
  return `${what} ${isPast ? words.overdue(day(dueOn)) : words.due(day(dueOn))}`
}

type FindingWords = keyof ReportContext['messages']['findings']['categories']
const SHOWN = ['rude', 'convoluted', 'obstructive', 'delay', 'no_service', 'facility'] as const

function categoryOf(category: string): FindingWords {
  if (category === 'illegal_fee' || category === 'discrimination') return 'handled'
  return SHOWN.find((known) => known === category) ?? 'other'
}
