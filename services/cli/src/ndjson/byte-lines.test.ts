import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteLines } from './byte-lines.ts'

async function* chunks(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

async function textsOf(source: AsyncIterable<Uint8Array>, maxBytes = 100): Promise<(string | undefined)[]> {
  const texts: (string | undefined)[] = []
  for await (const read of byteLines(source, maxBytes)) {
    texts.push(read.kind === 'line' ? read.bytes.toString('utf8') : undefined)
    expect(read.line).toBe(texts.length)
  }
  return texts
}

describe('the lines of a file', () => {
  it('are the same however the file comes in pieces', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'ü', '"', '\r', ' '), maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat(60)), async (lines, cuts) => {
        const whole = Buffer.from(lines.map((text) => `${text}\n`).join(''))
        const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
        const pieces = at.slice(1).map((to, index) => whole.subarray(at[index], to))
        expect(await textsOf(chunks(...pieces))).toEqual(lines.map((text) => text.replace(/\r$/, '')))
      }),
    )
  })

  it('end with or without a line break, and begin with or without a byte order mark', async () => {
    expect(await textsOf(chunks('\ufeffa\r\n', 'b'))).toEqual(['a', 'b'])
    expect(await textsOf(chunks('a\n\n'))).toEqual(['a', ''])
    expect(await textsOf(chunks())).toEqual([])
  })

  it('that are too long are told and cost their neighbours nothing', async () => {
    const long = 'x'.repeat(40)
    expect(await textsOf(chunks('a\n', long, long, long, '\nb\n', `${'y'.repeat(100)}\n`, 'z'.repeat(101)))).toEqual([
      'a',
      undefined,
      'b',
      'y'.repeat(100),
      undefined,
    ])
  })
})
