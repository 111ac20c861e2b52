import { type ImportClock, importRows } from './import-rows.ts'
import type { ComplaintEvent } from './map-row.ts'
import type { ImportMapping } from './mapping.ts'
import type { RowProblem } from './row-problem.ts'
import type { UnitEvent } from './row-units.ts'

export interface ImportedRow {
  readonly line: number
  /** Units that no earlier row named, superiors first, then what happened to the complaint. */
  readonly events: readonly (UnitEvent | ComplaintEvent)[]
}

/** A bad row was met and bad rows are not to be skipped. */
export class BadRowError extends Error {
  readonly code = 'bad_row'
  readonly problems: readonly RowProblem[]

  constructor(problems: readonly RowProblem[]) {
    super(`line ${problems[0]?.line}: ${problems.map((problem) => problem.message).join('; ')}`)
    this.name = 'BadRowError'
    this.problems = problems
  }
}

/** The events of a file's good rows, ready to be published in this order. Plan first (plan-import.ts): without `skipBad` the
 *  first bad row throws, and what stood before it would already be published.
 *  @throws ImportFileError @throws BadRowError */
export async function* importEvents(
  mapping: ImportMapping,
  bytes: AsyncIterable<Uint8Array>,
  options: ImportClock & { readonly skipBad: boolean },
): AsyncGenerator<ImportedRow> {
  const published = new Set<string>()
  for await (const row of importRows(mapping, bytes, options)) {
    switch (row.kind) {
      case 'bad':
        if (!options.skipBad) throw new BadRowError(row.problems)
        break
      case 'mapped': {
        const units = row.units.filter((unit) => !published.has(unit.id))
        for (const unit of units) published.add(unit.id)
        yield { line: row.line, events: [...units, ...row.events] }
        break
      }
      case 'left_out':
      case 'repeated':
        break
      default:
        row satisfies never
    }
  }
}
