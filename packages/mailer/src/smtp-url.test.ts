import { describe, expect, test } from 'vitest'
import { isLoopback, parseSmtpUrl } from './smtp-url.ts'

describe('the SMTP URL', () => {
  test('has the submission ports by default', () => {
    expect(parseSmtpUrl('smtp://mail.example')).toMatchObject({ host: 'mail.example', port: 587, secure: false })
    expect(parseSmtpUrl('smtps://mail.example')).toMatchObject({ port: 465, secure: true })
  })

  test('may hold any password, encoded', () => {
    const { auth, host } = parseSmtpUrl('smtp://bina%40palembang.example:p%3Aa%2Fs%40s%25@[::1]:2525/')
    expect(auth).toEqual({ user: 'bina@palembang.example', pass: 'p:a/s@s%' })
    expect(host).toBe('::1')
  })

  test.each([
    'mail.example:587',
    'http://mail.example',
    'smtp://',
    'smtp://user@mail.example',
    'smtp://mail.example?disableFileAccess=false',
    'smtp://mail.example/inbox',
    'smtp://user:geheim%@mail.example',
  ])('%s is a wrong setting', (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(expect.objectContaining({ code: 'bad_smtp_url' }))
  })

  test('keeps the password out of what it complains about', () => {
    expect(() => parseSmtpUrl('imap://user:geheim@mail.example')).toThrow(/^(?!.*geheim)/)
    expect(() => parseSmtpUrl('smtp://user:geheim%@mail.example')).toThrow(/^(?!.*geheim)/)
  })
})

test('loopback is this machine and no other', () => {
  expect(['localhost', '127.0.0.1', '127.0.1.1', '::1'].every(isLoopback)).toBe(true)
  expect(['127.0.0.1.example', 'localhost.example', '10.0.0.1', 'mail.example'].some(isLoopback)).toBe(false)
})
