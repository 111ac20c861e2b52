import type { PlainDate } from '@bina/domain/plain-date'
import type { StuckCase } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { Cell, Section } from '../view-model.ts'
import { cappedTable } from './capped-table.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** What a superior alone can unblock: complaints that went from one unit to the next, or that nobody has. */
export function stuckSection(
  { stuck, week }: { readonly stuck: readonly StuckCase[]; readonly week: PlainDate },
  { words, formats }: RollUpContext,
  more: (n: number) => string,
): readonly Section[] {
  if (stuck.length === 0) return []
  const { heading, caption, idColumn, unitsColumn, dueColumn, nobody } = words.stuck
  const rows = stuck.map(({ complaintId, units, dueOn, url }): readonly Cell[] => {
    const text = plainLine(complaintId)
    return [
      url === undefined ? text : { text, url },
      units.map(plainLine).join(' → ') || nobody,
      formats.day(dueOn, week),
    ]
  })
  return [
    { id: 'stuck', heading, blocks: cappedTable({ caption, columns: [idColumn, unitsColumn, dueColumn], rows }, more) },
  ]
}
