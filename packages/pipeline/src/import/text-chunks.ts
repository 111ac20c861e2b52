import { TextDecoder } from 'node:util'
import { ImportFileError } from './import-file-error.ts'

export type TextEncoding = 'auto' | 'utf-8' | 'utf-16le' | 'windows-1252'

/** What other kinds of file begin with, and what to do about it. */
const foreign: readonly { readonly bytes: readonly number[]; readonly advice: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    advice: 'it is a spreadsheet or a zip archive: save the sheet as CSV (UTF-8), or unpack it first',
  },
  { bytes: [0x1f, 0x8b], advice: 'it is compressed with gzip: unpack it first' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], advice: 'it is an old spreadsheet: save the sheet as CSV (UTF-8)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], advice: 'it is a PDF: export the table as CSV' },
]

const startsWith = (chunk: Uint8Array, bytes: readonly number[]) => bytes.every((byte, at) => chunk[at] === byte)

function encodingOf(head: Uint8Array, wanted: TextEncoding): string {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return 'utf-8'
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be'
  return wanted === 'auto' ? 'utf-8' : wanted
}

/** Bytes to text. A byte order mark decides over the mapping; what is not text of that encoding becomes U+FFFD, so that
 *  the row which holds it can be named and its neighbours kept. */
export async function* textChunks(bytes: AsyncIterable<Uint8Array>, wanted: TextEncoding): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let head = new Uint8Array(0)
  const begin = (): TextDecoder => {
    const known = foreign.find((kind) => startsWith(head, kind.bytes))
    if (known !== undefined) throw new ImportFileError('not_text', `This is not a CSV file: ${known.advice}.`)
    return new TextDecoder(encodingOf(head, wanted))
  }
  for await (const chunk of bytes) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true })
      continue
    }
    // The first bytes may come one by one; four tell every mark apart.
    head = Buffer.concat([head, chunk])
    if (head.length < 4) continue
    decoder = begin()
    yield decoder.decode(head, { stream: true })
  }
  yield decoder === undefined ? begin().decode(head) : decoder.decode()
}
