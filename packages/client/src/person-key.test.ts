import { opaqueKey } from '@bina/events/field'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personKey, reporterKey } from './person-key.ts'

const secret = 'a secret of at least thirty-two bytes'

describe('personKey', () => {
  test('is HMAC-SHA256 in base64url, so that any language can make the same', () => {
    expect(personKey(secret, '198012312005011001')).toBe('OOFIcE4wLke3nCx3hIj24NU1VNRKeLR1woT71mqgLvI')
  })

  test('is the same however the number is grouped', () => {
    const keys = ['19801231 200501 1 001', '19801231.200501.1.001', '198012312005011001'].map((nip) =>
      personKey(secret, nip),
    )
    expect(new Set(keys).size).toBe(1)
  })

  test('is always an opaque key of the contract', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => /[\p{L}\p{N}]/u.test(text)),
        (text) => {
          expect(opaqueKey.safeParse(reporterKey(secret, text)).success).toBe(true)
        },
      ),
    )
  })

  test('differs by secret and by person', () => {
    expect(personKey(`${secret}!`, '1')).not.toBe(personKey(secret, '1'))
    expect(personKey(secret, '2')).not.toBe(personKey(secret, '1'))
    expect(reporterKey(secret, 'a.b@example.id')).not.toBe(reporterKey(secret, 'ab@example.id'))
  })

  test.each(['', 'short', 'x'.repeat(64), new Uint8Array(64)])('refuses the secret %j', (weak) => {
    expect(() => personKey(weak, '198012312005011001')).toThrow('the secret must have at least 32 bytes')
  })

  test.each(['', '   ', '--..'])('refuses the number %j, which would stand for many people', (nothing) => {
    expect(() => personKey(secret, nothing)).toThrow('the number is empty')
  })
})
