import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRowBinaryWriter } from './row-binary.ts'

/** Reads back what the format's description says. */
function reader(bytes: Buffer) {
  let at = 0
  const length = () => {
    let [value, shift] = [0, 0]
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
      shift += 7
    }
  }
  const take = (count: number) => {
    at += count
    return bytes.subarray(at - count, at)
  }
  return {
    uint8: () => take(1).readUInt8(),
    uint16: () => take(2).readUInt16LE(),
    whole64: () => Number(take(8).readBigUInt64LE()),
    uint64: () => take(8).readBigUInt64LE(),
    float64: () => take(8).readDoubleLE(),
    length,
    string: () => take(length()).toString('utf8'),
    bytes: () => Buffer.from(take(length())),
    isAtEnd: () => at === bytes.length,
  }
}

const value = fc.oneof(
  fc.record({ kind: fc.constant('uint8' as const), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('uint16' as const), value: fc.nat(65_535) }),
  fc.record({ kind: fc.constant('whole64' as const), value: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('uint64' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({ kind: fc.constant('float64' as const), value: fc.double() }),
  fc.record({ kind: fc.constant('length' as const), value: fc.nat() }),
  fc.record({ kind: fc.constant('string' as const), value: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
  fc.record({
    kind: fc.constant('bytes' as const),
    value: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  }),
)

test('what is written is read back, whatever stands beside it', () => {
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const writer = createRowBinaryWriter()
      for (const one of values) (writer[one.kind] as (value: unknown) => void)(one.value)
      const read = reader(Buffer.concat(writer.chunks()))
      expect(values.map(({ kind }) => read[kind]())).toEqual(values.map((one) => one.value))
      expect(read.isAtEnd()).toBe(true)
    }),
  )
})

test('texts of every length around the places where their length takes one byte more, in any alphabet', () => {
  for (const letter of ['a', 'é', '字', '😀']) {
    for (const count of [0, 1, 42, 43, 63, 64, 127, 128, 129, 16_383, 16_384, 400_000]) {
      const writer = createRowBinaryWriter()
      writer.string(letter.repeat(count))
      const read = reader(Buffer.concat(writer.chunks()))
      expect(read.string()).toBe(letter.repeat(count))
      expect(read.isAtEnd()).toBe(true)
    }
  }
})

test('more than one piece keeps the order', () => {
  const writer = createRowBinaryWriter()
  const texts = Array.from({ length: 3_000 }, (_, at) => `${at} `.repeat(200))
  for (const text of texts) writer.string(text)
  writer.bytes(Buffer.alloc(3_000_000, 7))
  const chunks = writer.chunks()
  expect(chunks.length).toBeGreaterThan(2)
  const read = reader(Buffer.concat(chunks))
  expect(texts.map(() => read.string())).toEqual(texts)
  expect(read.bytes().equals(Buffer.alloc(3_000_000, 7))).toBe(true)
})
