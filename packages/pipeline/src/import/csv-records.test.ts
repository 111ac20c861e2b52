import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecords } from './csv-records.ts'
import { all } from './small-mapping.ts'
import { maxLineLength, textLines } from './text-lines.ts'

async function* chunks(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts
}

const read = (text: string, columns?: number, delimiter = ',') =>
  all(csvRecords(textLines(chunks(text)), delimiter, () => columns))

const cells = (records: Awaited<ReturnType<typeof read>>) =>
  records.map((record) => (record.kind === 'record' ? record.cells : `${record.code} ${record.line}`))

describe('csvRecords', () => {
  test('a quoted cell may hold delimiters, doubled quotes and line breaks', async () => {
    expect(await read('a,"b, ""c""\nd",e\nf,,"g"\n')).toEqual([
      { kind: 'record', line: 1, cells: ['a', 'b, "c"\nd', 'e'] },
      { kind: 'record', line: 3, cells: ['f', '', 'g'] },
    ])
  })

  test('a row whose quote is never closed costs that row alone', async () => {
    const text = 'a,b\n1,"open\n2,x\n3,"y, z"\n4,w'
    expect(cells(await read(text, 2))).toEqual([['a', 'b'], 'quotes 2', ['2', 'x'], ['3', 'y, z'], ['4', 'w']])
  })

  test('a quote left open in the last row is found at the end of the file', async () => {
    expect(cells(await read('a,b\n1,"open\n', 2))).toEqual([['a', 'b'], 'quotes 2'])
  })

  test('text after a closing quote is a problem of its column, not of the rows below', async () => {
    const [, bad, good] = await read('a,b\n1,"x"z\n2,"3"\n', 2)
    expect(bad).toMatchObject({ kind: 'problem', code: 'quotes', line: 2, column: 2 })
    expect(good).toMatchObject({ cells: ['2', '3'] })
  })

  test('two stray quotes that happen to pair up do not swallow the rows between them', async () => {
    const text = 'a,b\n1,"x\n2,y\n3,z",w\n4,v'
    expect(cells(await read(text, 2))).toEqual([['a', 'b'], 'quotes 2', ['2', 'y'], 'columns 4', ['4', 'v']])
  })

  test('a quote inside a bare cell is a character like any other', async () => {
    expect(cells(await read('5" pipe,x\n'))).toEqual([['5" pipe', 'x']])
  })

  test('a row with too few or too many columns is told apart from its neighbours', async () => {
    expect(cells(await read('a,b\n1\n1,2,3\n4,5', 2))).toEqual([['a', 'b'], 'columns 2', 'columns 3', ['4', '5']])
  })

  test('empty lines count as lines and not as rows', async () => {
    expect(await read('a\n\n\r\nb\n')).toEqual([
      { kind: 'record', line: 1, cells: ['a'] },
      { kind: 'record', line: 4, cells: ['b'] },
    ])
  })

  test('breaks may be CR LF, split between two chunks, or CR alone', async () => {
    expect(await all(textLines(chunks('a\r', '\nb\r\nc')))).toMatchObject([{ text: 'a' }, { text: 'b' }, { text: 'c' }])
    expect(await all(textLines(chunks('a\rb\rc')))).toMatchObject([{ text: 'a' }, { text: 'b' }, { text: 'c' }])
  })

  test('a line without end is set aside without being kept in memory', async () => {
    const endless = Array.from({ length: 5 }, () => 'x'.repeat(maxLineLength / 2))
    const lines = await all(textLines(chunks('a\n', ...endless, '\nb\n')))
    expect(lines).toEqual([
      { line: 1, text: 'a', tooLong: false },
      { line: 2, text: '', tooLong: true },
      { line: 3, text: 'b', tooLong: false },
    ])
  })

  test('well-formed files read as csv-parse reads them, however they are cut into chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', 'é') })
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 })
    const quoted = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 7 }), async (rows, size) => {
        const text = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')
        const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
        const records = await all(csvRecords(textLines(chunks(...pieces)), ',', () => 3))
        expect(cells(records)).toEqual(parse(text, { skip_empty_lines: true }))
      }),
    )
  })

  test('whatever a file holds, reading it ends and loses no line that stands alone', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', '"', ',', ' '), maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const records = await read(lines.map((text) => `${text}\n`).join(''), 2)
        const told = new Set(records.map((record) => record.line))
        for (const [at, text] of lines.entries()) {
          // A line without any quote is either a row of its own or part of a quoted cell that was closed rightly.
          if (text.includes('"') || text.trim() === '' || told.has(at + 1)) continue
          expect(
            records.some((record) => record.kind === 'record' && record.cells.some((value) => value.includes('\n'))),
          ).toBe(true)
        }
      }),
    )
  })
})
