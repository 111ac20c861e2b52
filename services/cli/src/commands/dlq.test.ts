import { deadLetterReasons } from '@bina/events/dead-letter-reason'
import { describe, expect, it } from 'vitest'
import { meaningOf } from '../dead-letter-words.ts'
import { tellLetter } from './dlq.ts'

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const letter = {
  topic: 'bina.attendance.v1',
  partition: 1,
  offset: 2,
  atMs: Date.parse('2026-11-09T07:25:00+07:00'),
  reason: 'not_json',
  detail: 'expected JSON in UTF-8',
  keyBase64: base64('upt:a'),
  headers: JSON.stringify({ origin: [base64('turnstile')] }),
  bytesBase64: base64('{"a":'),
}
const told = (change: Partial<typeof letter> = {}) => tellLetter({ ...letter, ...change }, 'Asia/Jakarta').join('\n')

describe('a dead letter in words', () => {
  it('has place, reason, what that means, key, headers and bytes', () => {
    const text = told()
    expect(text).toContain('bina.attendance.v1, partition 1, offset 2, set aside 2026-11-09 07:25:00')
    expect(text).toContain(meaningOf('not_json'))
    expect(text).toContain('header   origin: turnstile')
    expect(text.endsWith('{"a":')).toBe(true)
  })

  it('shows bytes that are no text in base64, long ones in part, and none that could move the cursor', () => {
    expect(told({ bytesBase64: base64(Buffer.from([0xc3, 0x28])) })).toMatch(/not UTF-8, here in base64\nwyg=$/)
    expect(told({ bytesBase64: base64('x'.repeat(9_000)) })).toMatch(
      /x\n\.\.\. and 808 characters more; all of them with --json$/,
    )
    expect(told({ bytesBase64: base64('a\u001b[2Jb\r\nc') })).toMatch(/a\\u\{1b\}\[2Jb\\u\{d\}\nc$/)
  })

  it('says when its bytes are gone after thirty days', () => {
    expect(told({ keyBase64: '', headers: '', bytesBase64: '' })).toContain('kept for 30 days')
  })

  it.each(deadLetterReasons)('means something its sender can act on: %s', (reason) => {
    expect(meaningOf(reason).length).toBeGreaterThan(20)
  })
})
