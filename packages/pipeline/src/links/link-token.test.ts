import { describe, expect, it } from 'vitest'
import { encodeClaim, type LinkClaim } from './link-claim.ts'
import { createLinkKey } from './link-key.ts'
import { createLinkSigner, createLinkVerifier } from './link-token.ts'

const secret = 'a-secret-of-a-test-with-enough-characters'
const another = 'another-secret-with-enough-characters-too'
const agree: LinkClaim<'agree'> = {
  purpose: 'agree',
  locale: 'id',
  expiresOn: '2026-12-28',
  unitId: '16.71.05.1003',
  recipient: 'Zm9vYmFyYmF6cXV4cXV1eA',
  week: '2026-11-09',
  reader: 'unit_head',
  actionCode: 'response-morning-look',
  dueOn: '2026-11-27',
}
const held: LinkClaim<'held'> = {
  purpose: 'held',
  locale: 'en',
  expiresOn: '2026-12-28',
  unitId: '16.71.05.1003',
  recipient: 'Zm9vYmFyYmF6cXV4cXV1eA',
  week: '2026-11-09',
  reader: 'superior',
  coachUnitId: '16.71.05',
  topicCode: 'weekly-report',
}
const beforeExpiry = Date.parse('2026-12-28T23:59:59.999Z')
const verify = createLinkVerifier({ current: secret })
const token = createLinkSigner(secret)(agree)

/** A token over any text, signed as ours are. */
function signed(payload: string, by = secret): string {
  const key = createLinkKey(by)
  const text = `${key.id}.${Buffer.from(payload).toString('base64url')}`
  return `${text}.${key.mac(text).toString('base64url')}`
}

describe('the token of a link', () => {
  it.each([agree, held, { ...held, coachingId: 'c-1' }] as const)('tells what it was made of, %#', (claim) => {
    expect(verify(createLinkSigner(secret)(claim), claim.purpose, beforeExpiry)).toEqual({ kind: 'valid', claim })
  })

  it('is the same for the same claim, and short enough for a line that no mail client breaks for good', () => {
    expect(createLinkSigner(secret)({ ...agree })).toBe(token)
    expect(token.length).toBeLessThan(260)
    expect(token).toMatch(/^[\w.-]+$/)
  })

  it('lasts to the end of its last day, and is told from one that is not ours', () => {
    expect(verify(token, 'agree', beforeExpiry + 1)).toEqual({ kind: 'expired', claim: agree })
  })

  it('opens no other page than its own', () => {
    for (const purpose of ['held', 'object', 'unsubscribe', 'done', 'confirm_recipient'] as const) {
      expect(verify(token, purpose, beforeExpiry)).toEqual({ kind: 'foreign' })
    }
  })

  it('is refused when any one character of it is another', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      const verdict = verify(`${token.slice(0, at)}${other}${token.slice(at + 1)}`, 'agree', beforeExpiry)
      expect(['foreign', 'cut'], `character ${at}`).toContain(verdict.kind)
    }
  })

  it('is one text: another spelling of the same signature is refused', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const spelled = [...alphabet].map((last) => `${token.slice(0, -1)}${last}`)
    expect(spelled.filter((text) => verify(text, 'agree', beforeExpiry).kind === 'valid')).toEqual([token])
  })

  it('is refused when it was cut, lengthened, or is no token at all', () => {
    for (let length = 0; length < token.length; length++) {
      expect(verify(token.slice(0, length), 'agree', beforeExpiry).kind).toBe('cut')
    }
    for (const text of [`${token}A`, `${token}.`, 'a.b.c', '..', '%00', 'x'.repeat(5_000), token.replace('.', '..')]) {
      expect(verify(text, 'agree', beforeExpiry).kind).toBe('cut')
    }
  })

  it('is refused when somebody else signed it', () => {
    expect(verify(createLinkSigner(another)(agree), 'agree', beforeExpiry)).toEqual({ kind: 'foreign' })
    const [, payload, signature] = createLinkSigner(another)(agree).split('.')
    expect(verify(`${createLinkKey(secret).id}.${payload}.${signature}`, 'agree', beforeExpiry)).toEqual({
      kind: 'foreign',
    })
  })

  it('is still good after its secret was changed, and no longer once that is forgotten', () => {
    const afterChange = createLinkVerifier({ current: another, previous: secret })
    expect(afterChange(token, 'agree', beforeExpiry)).toEqual({ kind: 'valid', claim: agree })
    expect(afterChange(createLinkSigner(another)(agree), 'agree', beforeExpiry).kind).toBe('valid')
    expect(createLinkVerifier({ current: another })(token, 'agree', beforeExpiry)).toEqual({ kind: 'foreign' })
  })

  it.each([
    ['no list', '{}'],
    ['no JSON', '["agree"'],
    ['another version', '["agree","id"]'],
    ['an unknown purpose', '["__proto__"]'],
    ['a coaching held by the unit itself', encodeClaim(held).replace('superior', 'unit_head')],
    ['a day that is none', encodeClaim(held).replace('2026-12-28', '2026-13-28')],
  ])('is refused when what was signed is %s', (_, payload) => {
    expect(verify(signed(payload), 'held', beforeExpiry)).toEqual({ kind: 'foreign' })
  })

  it('cannot be signed by a secret that could be guessed', () => {
    expect(() => createLinkSigner('x'.repeat(31))).toThrow(/31 characters/)
  })
})
