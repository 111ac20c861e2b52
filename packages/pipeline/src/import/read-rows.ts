import { csvRecords } from './csv-records.ts'
import { ImportFileError } from './import-file-error.ts'
import { mappedColumns } from './mapped-columns.ts'
import type { ImportMapping } from './mapping.ts'
import type { RowProblem } from './row-problem.ts'
import { sniffDelimiter } from './sniff-delimiter.ts'
import { textChunks } from './text-chunks.ts'
import { type TextLine, textLines } from './text-lines.ts'

export interface Row {
  readonly kind: 'row'
  /** Line of the file on which the row starts, from 1. */
  readonly line: number
  /** The mapped columns alone, trimmed; one that is empty, or says that it is, is missing. */
  readonly cells: ReadonlyMap<string, string>
  /** Where each mapped column stands, from 1. */
  readonly columnNumbers: ReadonlyMap<string, number>
}

function headerColumns(header: readonly string[], wanted: readonly string[]): ReadonlyMap<string, number> {
  const names = header.map((name) => name.trim())
  const missing = wanted.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    const has = names.filter((name) => name !== '').join(', ')
    throw new ImportFileError(
      'missing_columns',
      `The file lacks the mapped columns ${missing.join(', ')}. It has: ${has.slice(0, 2000)}`,
    )
  }
  const repeated = wanted.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (repeated.length > 0) {
    throw new ImportFileError(
      'repeated_columns',
      `The file has these mapped columns more than once: ${repeated.join(', ')}.`,
    )
  }
  return new Map(wanted.map((column) => [column, names.indexOf(column) + 1]))
}

/** Reads one line ahead, so that the delimiter can be taken from the header before anything is split. */
async function firstLine(lines: AsyncIterator<TextLine>): Promise<TextLine | undefined> {
  for (;;) {
    const next = await lines.next()
    if (next.done === true) return undefined
    if (next.value.text.trim() !== '' || next.value.tooLong) return next.value
  }
}

/** Bytes of a CSV file to rows and to problems of rows that cannot be read. @throws ImportFileError */
export async function* readRows(
  mapping: ImportMapping,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row | RowProblem> {
  const wanted = mappedColumns(mapping)
  const lines = textLines(textChunks(bytes, mapping.file.encoding))[Symbol.asyncIterator]()
  let first = await firstLine(lines)
  // Spreadsheets put their delimiter on a line of its own above the header.
  const told = /^sep=([,;\t|])$/i.exec(first?.text ?? '')?.[1]
  if (told !== undefined) first = await firstLine(lines)
  if (first === undefined) throw new ImportFileError('empty', 'The file has no header line.')
  if (first.tooLong || first.text.includes('\0')) {
    throw new ImportFileError(
      'not_text',
      'This is not a CSV file of the encoding that the mapping names: its first line is no text.',
    )
  }
  const header = first
  const { delimiter: mapped } = mapping.file
  const delimiter = mapped === 'auto' ? (told ?? sniffDelimiter(header.text, wanted)) : mapped === 'tab' ? '\t' : mapped
  const empty = new Set(mapping.emptyValues.map((value) => value.toLowerCase()))
  const all = async function* (): AsyncGenerator<TextLine> {
    yield header
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) yield next.value
  }

  let width: number | undefined
  let columnNumbers: ReadonlyMap<string, number> = new Map()
  for await (const record of csvRecords(all(), delimiter, () => width)) {
    if (width === undefined) {
      if (record.kind === 'problem')
        throw new ImportFileError('not_text', `The header on line ${record.line} cannot be read: ${record.message}.`)
      columnNumbers = headerColumns(record.cells, wanted)
      width = record.cells.length
      continue
    }
    if (record.kind === 'problem') {
      yield record
      continue
    }
    yield rowOf(record.line, record.cells, columnNumbers, empty)
  }
}

function rowOf(
  line: number,
  values: readonly string[],
  columnNumbers: ReadonlyMap<string, number>,
  empty: ReadonlySet<string>,
): Row | RowProblem {
  const cells = new Map<string, string>()
  for (const [columnName, column] of columnNumbers) {
    const value = (values[column - 1] ?? '').trim()
    if (/[\0\uFFFD]/.test(value)) {
      const message = 'holds bytes that are no text of the encoding that the mapping names'
      return { kind: 'problem', code: 'bad_text', line, column, columnName, message }
    }
    if (value !== '' && !empty.has(value.toLowerCase())) cells.set(columnName, value)
  }
  return { kind: 'row', line, cells, columnNumbers }
}
