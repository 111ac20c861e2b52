import { createHash } from 'node:crypto'
import { type BadRow, createRowMapper, type LeftOutRow, type MappedRow } from './map-row.ts'
import type { ImportMapping } from './mapping.ts'
import { readRows } from './read-rows.ts'

export interface ImportClock {
  readonly nowMs: number
}

/** A row that says again what an earlier row of the same file said. */
export interface RepeatedRow {
  readonly kind: 'repeated'
  readonly line: number
}

export type ImportRow = MappedRow | BadRow | LeftOutRow | RepeatedRow

/** Every row of a file and what became of it. Of two rows with one key and other content the first stands: published
 *  together, the second would only come back as a dead letter. @throws ImportFileError */
export async function* importRows(
  mapping: ImportMapping,
  bytes: AsyncIterable<Uint8Array>,
  clock: ImportClock,
): AsyncGenerator<ImportRow> {
  const mapRow = createRowMapper(mapping, clock)
  // Grows with the file's rows, about a hundred bytes each.
  const seen = new Map<string, { readonly line: number; readonly print: string }>()
  for await (const row of readRows(mapping, bytes)) {
    if (row.kind === 'problem') {
      yield { kind: 'bad', line: row.line, problems: [row] }
      continue
    }
    const mapped = mapRow(row)
    if (mapped.kind !== 'mapped') {
      yield mapped
      continue
    }
    const print = createHash('sha256').update(JSON.stringify(mapped.events)).digest('base64url').slice(0, 16)
    const earlier = seen.get(mapped.key)
    if (earlier === undefined) {
      seen.set(mapped.key, { line: mapped.line, print })
      yield mapped
    } else if (earlier.print === print) {
      yield { kind: 'repeated', line: mapped.line }
    } else {
      const message = `has the key of line ${earlier.line} and says something else`
      yield {
        kind: 'bad',
        line: mapped.line,
        problems: [{ kind: 'problem', code: 'repeat', line: mapped.line, message }],
      }
    }
  }
}
