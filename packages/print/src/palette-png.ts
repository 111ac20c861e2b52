import { promisify } from 'node:util'
import { constants, crc32, deflate } from 'node:zlib'

const compress = promisify(deflate)
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const mostColours = 256
// What tells two colours apart, red lowest in memory and transparency left out. Three bits less of each channel cannot be seen at the edge
// of a letter, and bring the shades of a chart's edges below 256; with two bits a channel there are 64 at most, so the last always fits.
const masks = [0xf8f8f8, 0xf0f0f0, 0xe0e0e0, 0xc0c0c0]
// To fill fewer at once takes longer than one by one.
const longRun = 32

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Row by row, four bytes each: red, green, blue and full opacity. */
  readonly pixels: Buffer
}

/**
 * PNG with a palette (PNG, third edition, 5 and 11.3) of a picture of few colours and without transparency, such as a chart: a byte a
 * pixel, so that it takes a third of the time and of the bytes of a PNG of full colours. Libraries write full colours, or take longer
 * for the palette than for the drawing.
 */
export async function palettePng({ width, height, pixels }: Pixels): Promise<Buffer> {
  const { rows, colours } = indexed({ width, height, pixels })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a pixel, which are places in the palette; the rest is the standard's only choice, and no interlacing.
  header.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from(
    colours.flatMap((colour) => [colour & 0xff, (colour >>> 8) & 0xff, (colour >>> 16) & 0xff]),
  )
  // Level 4 is the first that looks for longer matches: a fifth fewer bytes than 3, and 6 takes twice as long for a twentieth.
  const data = await compress(rows, { level: 4, strategy: constants.Z_DEFAULT_STRATEGY })
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(type, 4, 'latin1')
  data.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}

interface Indexed {
  /** Each row after a 0: it stands for itself, unfiltered. */
  readonly rows: Buffer
  readonly colours: readonly number[]
}

function indexed(picture: Pixels): Indexed {
  for (const mask of masks) {
    const found = indexedBy(mask, picture)
    if (found !== undefined) return found
  }
  throw new RangeError('more colours than two bits a channel can tell apart')
}

/** Undefined where more colours are left than a palette holds. Equal rows and runs of one colour, most of a chart, are taken at once. */
function indexedBy(mask: number, { width, height, pixels }: Pixels): Indexed | undefined {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height)
  const rows = Buffer.alloc((width + 1) * height)
  const places = new Map<number, number>()
  const colours: number[] = []
  const placeOf = (colour: number) => {
    const known = places.get(colour & mask)
    if (known !== undefined) return known
    places.set(colour & mask, colours.length)
    return colours.push(colour) - 1
  }
  const rowBytes = 4 * width
  for (let row = 0; row < height; row++) {
    const [from, to] = [row * width, (row + 1) * width]
    // Where the row's first pixel goes, after its 0.
    const target = row * (width + 1) + 1
    const above = 4 * (from - width)
    if (row > 0 && pixels.compare(pixels, above, above + rowBytes, 4 * from, 4 * to) === 0) {
      rows.copyWithin(target, target - width - 1, target - 1)
      continue
    }
    for (let at = from; at < to; ) {
      const colour = words[at] ?? 0
      let end = at + 1
      while (end < to && words[end] === colour) end++
      const place = placeOf(colour)
      const start = target - from
      if (end - at < longRun) while (at < end) rows[start + at++] = place
      else {
        rows.fill(place, start + at, start + end)
        at = end
      }
    }
    if (colours.length > mostColours) return undefined
  }
  return { rows, colours }
}
