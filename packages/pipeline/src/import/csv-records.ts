import type { RowProblem } from './row-problem.ts'
import type { TextLine } from './text-lines.ts'

export interface CsvRecord {
  readonly kind: 'record'
  readonly line: number
  readonly cells: readonly string[]
}

/** A quoted cell may run over lines, but not over this many: then a quote was left open. */
const maxLinesPerRecord = 1000

type Fed = 'whole' | 'open' | { readonly strayAt: number }

/** RFC 4180, one line at a time. A quote counts only at the start of a cell; elsewhere it is a character like any other. */
function createScanner(delimiter: string) {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  const feed = (text: string): Fed => {
    let at = 0
    if (quoted) cell += '\n'
    for (;;) {
      if (quoted) {
        const quote = text.indexOf('"', at)
        if (quote === -1) {
          cell += text.slice(at)
          return 'open'
        }
        cell += text.slice(at, quote)
        at = quote + 1
        if (text[at] === '"') {
          cell += '"'
          at++
          continue
        }
        quoted = false
        if (at < text.length && text[at] !== delimiter) return { strayAt: cells.length + 1 }
        cells.push(cell)
        if (at === text.length) return 'whole'
        at++
      }
      if (text[at] === '"') {
        quoted = true
        cell = ''
        at++
        continue
      }
      const end = text.indexOf(delimiter, at)
      cells.push(end === -1 ? text.slice(at) : text.slice(at, end))
      if (end === -1) return 'whole'
      at = end + 1
    }
  }
  return { feed, cells, openAt: () => cells.length + 1 }
}

/** Lines to records. When a quote is astray the record that holds it is one problem, and reading goes on at the line after
 *  the one on which it began, so that no neighbour is lost. Parsers that read a stream from quote to quote cannot do that. */
export async function* csvRecords(
  lines: AsyncIterable<TextLine>,
  delimiter: string,
  columns: () => number | undefined,
): AsyncGenerator<CsvRecord | RowProblem> {
  const source = lines[Symbol.asyncIterator]()
  let again: TextLine[] = []
  const next = async (): Promise<TextLine | undefined> => again.shift() ?? (await source.next()).value
  const astray = (held: readonly TextLine[], line: number, column: number): RowProblem => {
    again = [...held.slice(1), ...again]
    const message = 'a quote stands open or text follows a closing quote; double every quote inside a quoted cell'
    return { kind: 'problem', code: 'quotes', line, column, message }
  }
  for (let first = await next(); first !== undefined; first = await next()) {
    const { line } = first
    if (first.tooLong) {
      yield { kind: 'problem', code: 'too_long', line, message: 'the line is longer than 1 MiB' }
      continue
    }
    if (first.text.trim() === '') continue
    const scanner = createScanner(delimiter)
    const held: TextLine[] = [first]
    let length = first.text.length
    let fed = scanner.feed(first.text)
    while (fed === 'open') {
      const following = held.length < maxLinesPerRecord && length < 1024 * 1024 ? await next() : undefined
      if (following === undefined) break
      held.push(following)
      length += following.text.length
      if (following.tooLong) break
      fed = scanner.feed(following.text)
    }
    const expected = columns()
    if (fed !== 'whole') {
      yield astray(held, line, fed === 'open' ? scanner.openAt() : fed.strayAt)
    } else if (expected !== undefined && scanner.cells.length !== expected && held.length > 1) {
      yield astray(held, line, Math.min(scanner.cells.length, expected))
    } else if (expected !== undefined && scanner.cells.length !== expected) {
      const message = `the header has ${expected} columns, this row has ${scanner.cells.length}`
      yield { kind: 'problem', code: 'columns', line, message }
    } else {
      yield { kind: 'record', line, cells: scanner.cells }
    }
  }
}
