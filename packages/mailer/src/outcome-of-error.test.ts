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

  test('keeps the reply as one short line', () => {
    const error = Object.assign(new Error('x'), { response: `550-a\r\n550 ${'b'.repeat(2_000)}` })
    expect(outcomeOfError(error).reply).toMatch(/^550-a 550 b+$/)
    expect(outcomeOfError(error).reply).toHaveLength(500)
  })
})
