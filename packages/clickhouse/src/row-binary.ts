/** Writes rows in ClickHouse's RowBinary: values one behind the other, as the columns are named, with nothing between them. */
export interface RowBinaryWriter {
  /** 0 to 255; also an Enum8 of values below 128. */
  uint8(value: number): void
  uint16(value: number): void
  /** A UInt64 or Int64, such as a DateTime64; a whole number from 0 below 2^53. */
  whole64(value: number): void
  uint64(value: bigint): void
  float64(value: number): void
  /** What stands before the entries of an Array, or the pairs of a Map. */
  length(count: number): void
  string(text: string): void
  /** Any bytes, as a String. */
  bytes(value: Buffer): void
  /** What was written, in pieces; the writer is not used any more. */
  chunks(): readonly Buffer[]
}

const chunkBytes = 1024 * 1024
const longestLengthBytes = 5
// Below 128, so that its length takes one byte.
const shortText = 64

const bits = new DataView(new ArrayBuffer(8))

export function createRowBinaryWriter(): RowBinaryWriter {
  const full: Buffer[] = []
  let chunk = Buffer.allocUnsafeSlow(chunkBytes)
  let at = 0

  const makeRoom = (bytes: number) => {
    if (at + bytes <= chunk.length) return
    full.push(chunk.subarray(0, at))
    chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes))
    at = 0
  }
  /** Seven bits in each byte, the lowest first; the eighth says that more follow. */
  const writeLength = (length: number) => {
    let rest = length
    while (rest > 0x7f) {
      chunk[at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    chunk[at++] = rest
  }
  const write32 = (value: number) => {
    chunk[at] = value
    chunk[at + 1] = value >>> 8
    chunk[at + 2] = value >>> 16
    chunk[at + 3] = value >>> 24
    at += 4
  }

  /** Letter by letter, which for short texts is faster than a call into Node. False, and nothing is written, beyond ASCII. */
  const writeShort = (text: string): boolean => {
    const start = at + 1
    for (let letter = 0; letter < text.length; letter++) {
      const code = text.charCodeAt(letter)
      if (code > 0x7f) return false
      chunk[start + letter] = code
    }
    chunk[at] = text.length
    at = start + text.length
    return true
  }

  return {
    uint8: (value) => {
      makeRoom(1)
      chunk[at++] = value
    },
    uint16: (value) => {
      makeRoom(2)
      chunk[at++] = value
      chunk[at++] = value >>> 8
    },
    whole64: (value) => {
      makeRoom(8)
      write32(value >>> 0)
      write32(Math.floor(value / 0x1_0000_0000))
    },
    uint64: (value) => {
      makeRoom(8)
      bits.setBigUint64(0, value)
      write32(bits.getUint32(4))
      write32(bits.getUint32(0))
    },
    float64: (value) => {
      makeRoom(8)
      bits.setFloat64(0, value)
      write32(bits.getUint32(4))
      write32(bits.getUint32(0))
    },
    length: (count) => {
      makeRoom(longestLengthBytes)
      writeLength(count)
    },
    string: (text) => {
      // UTF-8 takes three bytes at most for each UTF-16 unit.
      makeRoom(longestLengthBytes + text.length * 3)
      if (text.length < shortText && writeShort(text)) return
      // Written where it stands when its length takes two bytes, as it nearly always does: it need not be measured before.
      const length = chunk.write(text, at + 2)
      if (length > 0x7f && length <= 0x3fff) {
        chunk[at] = (length & 0x7f) | 0x80
        chunk[at + 1] = length >>> 7
        at += 2 + length
        return
      }
      writeLength(length)
      at += chunk.write(text, at)
    },
    bytes: (value) => {
      makeRoom(longestLengthBytes + value.length)
      writeLength(value.length)
      at += value.copy(chunk, at)
    },
    chunks: () => (at === 0 ? full : [...full, chunk.subarray(0, at)]),
  }
}
