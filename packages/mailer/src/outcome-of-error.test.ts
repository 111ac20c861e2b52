import { describe, expect, test } from 'vitest'
import { outcomeOfError } from './outcome-of-error.ts'

const smtp = (code: string, responseCode?: number) =>
  Object.assign(new Error('x'), {
    code,
    ...(responseCode ? { responseCode, response: `${responseCode} said so` } : {}),
  })

describe('an attempt that failed', () => {
  test.each([
    [smtp('EENVELOPE', 550), '550'],
    [smtp('EENVELOPE', 501), '501'],
    [smtp('EMESSAGE', 554), '554'],
    [smtp('EMESSAGE'), 'EMESSAGE'],
    [smtp('EENVELOPE'), 'EENVELOPE'],
  ])('for good: %o', (error, code) => {
    expect(outcomeOfError(error)).toMatchObject({ kind: 'refused', code })
  })

  test.each([
    [smtp('EENVELOPE', 451), '451'],
    [smtp('EENVELOPE', 421), '421'],
    [smtp('EMESSAGE', 452), '452'],
    [smtp('EAUTH', 535), '535'],
    [smtp('EENVELOPE', 530), '530'],
    [smtp('EPROTOCOL', 554), '554'],
    [smtp('ETLS', 502), '502'],
    [smtp('ECONNECTION'), 'ECONNECTION'],
    [smtp('ETIMEDOUT'), 'ETIMEDOUT'],
    [smtp('EDNS'), 'EDNS'],
    [smtp('EABORT'), 'EABORT'],
    [new Error('x'), 'unknown'],
    ['x', 'unknown'],
  ])('for now: %o', (error, code) => {
    expect(outcomeOfError(error)).toMatchObject({ kind: 'try_later', code })
  })

  test.each([
    ['550 no such mailbox', true],
    ['550 5.1.1 user unknown', true],
    ['553 5.1.3 not an address', true],
    ['550 5.2.1 mailbox disabled', true],
    ['553-no such mailbox', true],
    ['550 5.7.1 blocked by policy', false],
    ['552 5.2.2 mailbox full', false],
    ['552 mailbox full', false],
    ['554 relaying denied', false],
  ])('of a recipient: %s; whether the mailbox is not there: %s', (response, hardBounce) => {
    const error = { code: 'EENVELOPE', responseCode: Number(response.slice(0, 3)), response, command: 'RCPT TO' }
    expect(outcomeOfError(error)).toMatchObject({ kind: 'refused', hardBounce })
    expect(outcomeOfError({ ...error, command: 'MAIL FROM' })).toMatchObject({ hardBounce: false })
    expect(outcomeOfError({ ...error, code: 'EMESSAGE', command: 'DATA' })).toMatchObject({ hardBounce: false })
  })

  test('keeps the reply as one short line', () => {
    const error = Object.assign(new Error('x'), { response: `550-a\r\n550 ${'b'.repeat(2_000)}` })
    expect(outcomeOfError(error).reply).toMatch(/^550-a 550 b+$/)
    expect(outcomeOfError(error).reply).toHaveLength(500)
  })
})
