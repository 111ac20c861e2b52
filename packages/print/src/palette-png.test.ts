import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { palettePng } from './palette-png.ts'

const opaque = 0xff000000
/** A picture of these colours, given as blue, green and red from the highest byte down. */
function picture(width: number, colours: readonly number[]) {
  const words = Uint32Array.from(colours, (colour) => (colour | opaque) >>> 0)
  return { width, height: colours.length / width, pixels: Buffer.from(words.buffer) }
}

/** The colours that a reader of PNG sees, as the standard says; only for what is written here. */
function read(png: Buffer) {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const of = (name: string) => chunks.get(name) ?? Buffer.alloc(0)
  const width = of('IHDR').readUInt32BE(0)
  const rows = inflateSync(of('IDAT'))
  const palette = of('PLTE')
  return [...rows].filter((_, at) => at % (width + 1) !== 0).map((place) => palette.readUIntLE(3 * place, 3))
}

describe('a picture with a palette', () => {
  it('shows each pixel in its colour, in rows that repeat, in long runs and in short ones', async () => {
    const row = [...Array.from({ length: 90 }, () => 0xffffff), 0x2a1d2a, 0xffffff, 0x6b5917]
    const other = row.toReversed()
    const colours = [...row, ...row, ...other, ...row]
    expect(read(await palettePng(picture(row.length, colours)))).toEqual(colours)
  })

  it('of more shades than a palette holds is off by less than can be seen', async () => {
    const shades = Array.from({ length: 1200 }, (_, at) => (at % 256) * 0x010101 + (at % 3))
    const shown = read(await palettePng(picture(40, shades)))
    const off = shown.map((colour, at) =>
      Math.max(...[0, 8, 16].map((bits) => Math.abs(((colour >>> bits) & 255) - (((shades[at] ?? 0) >>> bits) & 255)))),
    )
    expect(Math.max(...off)).toBeLessThan(8)
  })

  it('has a palette whatever its colours, for a place in it is one byte', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => Math.imul(at, 2654435761) & 0xffffff)
    expect(read(await palettePng(picture(100, many)))).toHaveLength(10_000)
  })
})
