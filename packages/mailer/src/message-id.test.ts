import { describe, expect, test } from 'vitest'
import { type DeliveryIdentity, messageIdOf } from './message-id.ts'

const delivery: DeliveryIdentity = {
  period: '2026-11-16',
  unitId: '16.71.04.1001',
  recipient: 'lurah.bukitlama@palembang.example',
  locale: 'id',
  issue: 0,
}
const of = (change: Partial<DeliveryIdentity> = {}) => messageIdOf({ ...delivery, ...change }, 'bina.example')

describe('the Message-ID of a delivery', () => {
  test('is the same for a repeat after a crash', () => {
    expect(of()).toBe(of())
    expect(of({ recipient: ' Lurah.BukitLama@Palembang.example ' })).toBe(of())
  })

  test('has the form that RFC 5322 wants, in the given domain', () => {
    expect(of()).toMatch(/^<bina\.[0-9a-f]{40}@bina\.example>$/)
  })

  test.each([
    { period: '2026-11-23' },
    { unitId: '16.71.04.1002' },
    { recipient: 'camat.ib1@palembang.example' },
    { locale: 'en' },
    { issue: 1 },
    { report: 'area' },
    { followUp: true },
    { report: 'area', followUp: true },
  ])('is another one for %o', (change) => {
    expect(of(change)).not.toBe(of())
  })

  test("of a unit's own report is what it was before there were others", () => {
    expect(of({ report: '' })).toBe(of())
    expect(of()).toBe('<bina.e8d46716240cf60f4eb42434ceccb70553fef5e0@bina.example>')
  })

  test('does not show who the recipient is', () => {
    expect(of()).not.toContain('lurah')
    expect(of()).not.toContain('palembang')
  })

  test('keeps unit and recipient apart, so that two deliveries never share one', () => {
    expect(of({ unitId: 'a', recipient: 'b"c' })).not.toBe(of({ unitId: 'a"b', recipient: 'c' }))
  })

  test('takes no line break from the domain', () => {
    expect(messageIdOf(delivery, 'bina.example\r\nBcc: x')).not.toMatch(/[\r\n :]/)
  })
})
