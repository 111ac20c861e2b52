import type { AreaReportInput, AreaUnit } from '../area-report-input.ts'

// The separator and the decimal comma of Indonesian spreadsheets would make two kinds of files; a point and a comma with a mark of UTF-8
// are read by all of them.
const BYTE_ORDER_MARK = '\ufeff'

const COLUMNS = [
  'week',
  'unit_id',
  'unit',
  'unit_type',
  'service_score',
  'service_lower80',
  'service_upper80',
  'service_band',
  'discipline_score',
  'discipline_lower80',
  'discipline_upper80',
  'discipline_band',
  'cases_due',
  'cases_overdue',
  'help_wanted',
] as const

/** The figures of a roll-up's units, in the order of names, as CSV (RFC 4180, UTF-8). Scores that are hidden are empty, and so is their interval. */
export function figuresCsv({ week, units }: Pick<AreaReportInput, 'week' | 'units'>): string {
  const rows = units.map((unit) => [week, ...unitRow(unit)])
  return `${BYTE_ORDER_MARK}${[COLUMNS, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function unitRow({ id, name, type, service, discipline, casesDue, casesOverdue, help }: AreaUnit): readonly string[] {
  const score = (row: AreaUnit['service']) =>
    row === null || row.value === null
      ? ['', '', '', row?.band ?? 'not_enough_data']
      : [row.value, row.lower80, row.upper80].map((points) => points.toFixed(1)).concat(row.band)
  const wanted = help.map(({ kind, count }) => `${kind}:${count}`).join(' ')
  return [id, name, type, ...score(service), ...score(discipline), String(casesDue), String(casesOverdue), wanted]
}

/**
 * One cell. A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line break, behind whatever blanks) gets an
 * apostrophe before it, so that a unit's name can never run anything.
 */
export function csvCell(text: string): string {
  const tame = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text
  return /[",\r\n;']/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
