import { describe, expect, it } from 'vitest'
import { fileHint } from './file-hint.ts'

const hintOf = (text: string, file?: string) => fileHint(Buffer.from(text), file)

describe('what a file is that holds no events', () => {
  it.each([
    'Created Date,Closed Date,Agency\n05/01/2022',
    'tanggal;unit;kanal\n2026-11-02',
    'date\tunit\tkind\r\n',
    '\ufeff"Tanggal masuk","Unit, lengkap","Kanal"\n',
  ])('a table of columns is for import: %j', (text) => {
    expect(hintOf(text, "Juni '26.csv")).toBe(
      "It looks like a table (CSV): a mapping makes events of it, npx bina import MAPPING 'Juni '\\''26.csv'",
    )
    expect(hintOf(text)).toContain('npx bina import MAPPING FILE')
  })

  it.each(['{"specversion":"1.0","id":"a","source":"b"}\n', 'a word\n', '', 'only, one comma\n', '%PDF-1.7 a,b,c'])(
    'nothing is said of %j',
    (text) => expect(hintOf(text, 'f')).toBeUndefined(),
  )

  it('one JSON array is for jq', () => {
    expect(hintOf('[{"a":1},{"b":2},{"c":3}]', 'f.json')).toContain("jq -c '.[]' f.json")
  })
})
