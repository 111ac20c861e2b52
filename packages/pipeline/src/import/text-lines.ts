/** A row may not be longer than this: something else than a table of complaints is being read. */
export const maxLineLength = 1024 * 1024

export interface TextLine {
  /** From 1. */
  readonly line: number
  /** Without its line break; empty when too long. */
  readonly text: string
  readonly tooLong: boolean
}

/** Chunks of text to physical lines. Breaks are LF, CR LF, or CR alone in a file that has no LF at its beginning. */
export async function* textLines(chunks: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let lineBreak: '\n' | '\r' | undefined
  let rest = ''
  let line = 0
  let dropping = false
  const finish = (text: string): TextLine => {
    const tooLong = dropping || text.length > maxLineLength
    dropping = false
    line++
    return { line, text: tooLong ? '' : text.endsWith('\r') ? text.slice(0, -1) : text, tooLong }
  }
  for await (const chunk of chunks) {
    rest += chunk
    if (lineBreak === undefined) {
      // A CR at the very end may be the first half of CR LF.
      if (rest.includes('\n')) lineBreak = '\n'
      else if (rest.slice(0, -1).includes('\r')) lineBreak = '\r'
    }
    let from = 0
    for (;;) {
      const at = rest.indexOf(lineBreak ?? '\n', from)
      if (at === -1) break
      yield finish(rest.slice(from, at))
      from = at + 1
    }
    rest = rest.slice(from)
    if (rest.length > maxLineLength) {
      dropping = true
      rest = ''
    }
  }
  if (rest !== '' || dropping) yield finish(rest)
}
