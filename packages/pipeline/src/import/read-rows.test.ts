import { describe, expect, test } from 'vitest'
import { ImportFileError } from './import-file-error.ts'
import { readRows } from './read-rows.ts'
import { all, bytesOf, smallHeader, smallMapping } from './small-mapping.ts'

const mapping = smallMapping()
const row = '7,2022-05-02 09:00,,Water,north,Call,slow,Open,,12 Elm Street'
const read = (...texts: readonly (string | Uint8Array)[]) => all(readRows(mapping, bytesOf(...texts)))

describe('readRows', () => {
  test('a row holds the mapped columns alone', async () => {
    const [only] = await read(`${smallHeader}\n${row}\n`)
    expect(only).toMatchObject({ kind: 'row', line: 2 })
    expect(only?.kind === 'row' && Object.fromEntries(only.cells)).toEqual({
      No: '7',
      In: '2022-05-02 09:00',
      Office: 'Water',
      Desk: 'north',
      Channel: 'Call',
      Kind: 'slow',
      Status: 'Open',
    })
  })

  test('the values that mean nothing are nothing', async () => {
    const [only] = await read(`${smallHeader}\n${row.replace('north', ' None ')}\n`)
    expect(only?.kind === 'row' && only.cells.has('Desk')).toBe(false)
  })

  test.each([
    ['with a byte order mark', Buffer.from(`\uFEFF${smallHeader}\n${row}\n`)],
    ['in UTF-16', Buffer.from(`\uFEFF${smallHeader}\n${row}\n`, 'utf16le')],
    [
      'with semicolons, as spreadsheets write it where the comma is a decimal sign',
      `${smallHeader}\n${row}\n`.replaceAll(',', ';'),
    ],
    ['with tabs', `${smallHeader}\n${row}\n`.replaceAll(',', '\t')],
    ['with its delimiter on a line above', `sep=;\r\n${`${smallHeader}\r\n${row}\r\n`.replaceAll(',', ';')}`],
    ['with empty lines above the header', `\n\n${smallHeader}\n${row}\n`],
  ])('a file %s reads the same', async (_, text) => {
    const rows = await read(text)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.kind === 'row' && rows[0].cells.get('Office')).toBe('Water')
  })

  test('a byte that is no text costs its row, and only where a mapped column holds it', async () => {
    const latin = Buffer.from(
      `${smallHeader}\n${row.replace('north', 'n\u00f6rth')}\n${row.replace('Elm', '\u00c9lm')}\n${row}\n`,
      'latin1',
    )
    const rows = await read(latin)
    expect(rows.map((one) => one.kind)).toEqual(['problem', 'row', 'row'])
    expect(rows[0]).toMatchObject({ code: 'bad_text', line: 2, column: 5, columnName: 'Desk' })
  })

  const refusals: readonly [string, string | Uint8Array, string][] = [
    ['is empty', '', 'empty'],
    ['lacks a mapped column', 'No,In\n1,2\n', 'missing_columns'],
    ['has a mapped column twice', `${smallHeader},Desk\n${row},x\n`, 'repeated_columns'],
    ['is a spreadsheet', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]), 'not_text'],
    ['is compressed', Buffer.from([0x1f, 0x8b, 0x08, 0x00]), 'not_text'],
    ['is of another encoding', Buffer.from(`${smallHeader}\n`, 'utf16le'), 'not_text'],
  ]
  test.each(refusals)('a file that %s is refused as a whole', async (_, text, code) => {
    const refusal = await read(text).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ImportFileError)
    expect(refusal).toMatchObject({ code })
  })
})
