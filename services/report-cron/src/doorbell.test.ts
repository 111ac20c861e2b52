import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeDoorbell, encodeDoorbell } from './doorbell.ts'

const decoded = (text: string) => decodeDoorbell(Buffer.from(text))

it('names its week, and whether anybody rang it', () => {
  for (const byItself of [true, false]) {
    expect(decoded(encodeDoorbell({ week: '2026-06-08', byItself }))).toEqual({ week: '2026-06-08', byItself })
  }
  expect(decoded('{"week":"2026-06-08"}')).toEqual({ week: '2026-06-08', byItself: false })
})

it.each([
  '',
  'null',
  '7',
  '[]',
  '{}',
  '{"week":7}',
  '{"week":"2026-06-09"}',
  '{"week":"2026-02-30"}',
  '{"week":"2026-W24"}',
])('is none that says %j', (text) => {
  expect(decoded(text)).toBeUndefined()
})

it('is passed over, not stumbled over, whatever bytes it has', () => {
  expect(decodeDoorbell(null)).toBeUndefined()
  fc.assert(fc.property(fc.uint8Array(), (bytes) => decodeDoorbell(Buffer.from(bytes)) === undefined))
  fc.assert(fc.property(fc.json(), (text) => decoded(text) === undefined))
})
