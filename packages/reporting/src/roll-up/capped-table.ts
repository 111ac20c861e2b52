import type { Block, Table } from '../view-model.ts'

/** More than this fills a phone; the rest is counted, never dropped in silence. */
const SHOWN_ROWS = 12

export function cappedTable(table: Table, more: (hidden: number) => string, shown = SHOWN_ROWS): readonly Block[] {
  const hidden = table.rows.length - shown
  if (hidden <= 0) return [{ kind: 'table', ...table }]
  return [
    { kind: 'table', ...table, rows: table.rows.slice(0, shown) },
    { kind: 'paragraph', tone: 'quiet', text: more(hidden) },
  ]
}
