import type { PlainDate } from '@bina/domain/plain-date'
import type { AreaFinding } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { Section } from '../view-model.ts'
import { cappedTable } from './capped-table.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** Findings by their date; what was found stays in the system that has it. */
export function findingsSection(
  { findings, week }: { readonly findings: readonly AreaFinding[]; readonly week: PlainDate },
  { words, formats, count }: RollUpContext,
): readonly Section[] {
  if (findings.length === 0) return []
  const { heading, caption, unitColumn, fromColumn, dueColumn, from, closed, more } = words.findings
  const rows = findings.map(({ unitName, raisedFrom, dueOn, closedOn }) => [
    plainLine(unitName),
    from[raisedFrom],
    closedOn === null ? formats.day(dueOn, week) : closed(formats.day(closedOn, week)),
  ])
  const table = { caption, columns: [unitColumn, fromColumn, dueColumn], rows }
  return [{ id: 'findings', heading, blocks: cappedTable(table, (n) => more(count(n))) }]
}
