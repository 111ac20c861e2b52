import type { CopyReader, ReportName } from '@bina/pipeline/ports/report-ledger'

/** As whom a report can be looked at, and what the ledger calls it. */
export const readers: Readonly<Record<string, CopyReader>> = {
  head: 'unit_head',
  superior: 'superior',
  'in-place-of': 'in_place_of',
  added: 'added',
}

/** The kinds of report as they are typed. */
export const reportNames: Readonly<Record<string, ReportName>> = {
  unit: '',
  area: 'area',
  city: 'city',
  integrity: 'integrity',
}

export const typedName = (report: ReportName): string => (report === '' ? 'unit' : report)
