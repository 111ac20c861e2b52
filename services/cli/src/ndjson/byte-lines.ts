/** One line of a file, without its line break. */
export type ByteLine =
  | { readonly kind: 'line'; readonly line: number; readonly bytes: Buffer }
  | { readonly kind: 'too_long'; readonly line: number }

const newLine = 0x0a
const carriageReturn = 0x0d
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Chunks to lines. Of a line that is longer than `maxBytes` nothing is kept, so memory stays flat whatever the file holds. */
export async function* byteLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<ByteLine> {
  let line = 0
  let held: Buffer[] = []
  let heldBytes = 0
  let tooLong = false

  const hold = (part: Buffer) => {
    heldBytes += part.length
    // One byte more, for the half of a CR LF.
    if (heldBytes > maxBytes + 1) tooLong = true
    if (tooLong) held = []
    else held.push(part)
  }
  const finish = (): ByteLine => {
    line++
    let bytes = held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held)
    if (bytes.at(-1) === carriageReturn) bytes = bytes.subarray(0, -1)
    if (line === 1 && bytes.subarray(0, 3).equals(byteOrderMark)) bytes = bytes.subarray(3)
    const isTooLong = tooLong || bytes.length > maxBytes
    held = []
    heldBytes = 0
    tooLong = false
    return isTooLong ? { kind: 'too_long', line } : { kind: 'line', line, bytes }
  }

  for await (const chunk of chunks) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    let from = 0
    for (let at = bytes.indexOf(newLine); at !== -1; at = bytes.indexOf(newLine, from)) {
      hold(bytes.subarray(from, at))
      yield finish()
      from = at + 1
    }
    if (from < bytes.length) hold(bytes.subarray(from))
  }
  if (heldBytes > 0) yield finish()
}
