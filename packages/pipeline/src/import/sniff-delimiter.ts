export type Delimiter = ',' | ';' | '\t' | '|'

const candidates: readonly Delimiter[] = [',', ';', '\t', '|']

const unquoted = (cell: string) => (cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell).trim()

/** The one delimiter by which the header line holds the most of the columns that the mapping names. Spreadsheets of an
 *  Indonesian locale write `;`, since the comma is their decimal sign. */
export function sniffDelimiter(headerLine: string, wanted: readonly string[]): Delimiter {
  let best: Delimiter = ','
  let bestFound = 0
  for (const candidate of candidates) {
    const cells = new Set(headerLine.split(candidate).map(unquoted))
    const found = wanted.filter((column) => cells.has(column)).length
    if (found <= bestFound) continue
    best = candidate
    bestFound = found
  }
  return best
}
