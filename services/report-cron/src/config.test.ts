import { parseMailAddress } from '@bina/mailer/mail-address'
import { ConfigError } from '@bina/runtime/config'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minuteOf, readReportConfig } from './config.ts'

const enough = { KAFKA_BROKERS: 'kafka:9092', CLICKHOUSE_URL: 'http://clickhouse:8123', SMTP_URL: 'smtp://mail:25' }
const read = (env: Record<string, string>) => {
  try {
    return readReportConfig({ ...enough, ...env })
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
}

describe('the configuration of the reports', () => {
  it('has them go out on Monday at six, missed ones for two days', () => {
    expect(read({})).toMatchObject({ REPORT_DUE_AT: '06:00', REPORT_CATCH_UP_HOURS: 48, REPORT_MAX_ATTEMPTS: 4 })
  })

  it('lets the first weeks of a city wait until somebody has looked', () => {
    expect(read({})?.REPORT_APPROVAL_WEEKS).toBe(4)
    expect(read({ REPORT_APPROVAL_WEEKS: '0' })?.REPORT_APPROVAL_WEEKS).toBe(0)
  })

  it.each([
    ['00:00', 0],
    ['06:05', 365],
    ['23:59', 1_439],
  ])('takes %s of the clock for minute %i of the day', (text, minute) => {
    expect(minuteOf(read({ REPORT_DUE_AT: text })?.REPORT_DUE_AT ?? '')).toBe(minute)
  })

  it.each(['6:00', '24:00', '06:60', '06.00', 'noon', '06:00:00'])('does not take %s for a time of day', (text) => {
    expect(read({ REPORT_DUE_AT: text })).toBeUndefined()
  })

  it('takes no sender that the mailer would refuse on Monday at six', () => {
    const part = fc.stringMatching(/^[ -~é\n]{0,12}$/)
    const text = fc.oneof(
      fc.tuple(part, part).map((parts) => parts.join('@')),
      fc.tuple(part, part, part).map(([name, local, domain]) => `${name} <${local}@${domain}>`),
    )
    fc.assert(
      fc.property(text, (sender) => {
        if (read({ MAIL_FROM: sender })?.MAIL_FROM === sender) expect(parseMailAddress(sender)).toBeDefined()
      }),
      { numRuns: 2_000 },
    )
    expect(read({ MAIL_FROM: 'Bina <bina@palembang.example>' })).toBeDefined()
  })

  it.each(['MAIL_FROM', 'MAIL_REPLY_TO'])('tells at the start of a %s that is no address, with what it was', (name) => {
    const wrong = { ...enough, [name]: 'Bina Palembang bina@palembang.example' }
    expect(() => readReportConfig(wrong)).toThrow(
      new RegExp(`${name}: expected one mail address.*got "Bina Palembang bina@`),
    )
  })

  it.each(['smtp://mail:587?tls=off', 'smtp://bina@mail:587', 'smtp://bina:100%@mail', 'smtps:///mail'])(
    'tells at the start that the mailer cannot use %s',
    (url) => {
      expect(read({ SMTP_URL: url })).toBeUndefined()
      expect(() => readReportConfig({ ...enough, SMTP_URL: url })).toThrow(/SMTP_URL: .*the value given is not shown/)
    },
  )

  it.each([
    [
      { SHUTDOWN_TIMEOUT_MS: '30000' },
      'SHUTDOWN_TIMEOUT_MS (30000) must be less than REPORT_SESSION_TIMEOUT_MS (30000)',
    ],
    [
      { REPORT_SESSION_TIMEOUT_MS: '130000' },
      'REPORT_SESSION_TIMEOUT_MS (130000) must be less than CONSUMER_STALL_EXIT_MS (120000)',
    ],
    [{ REPORT_MAX_ATTEMPTS: '20', REPORT_RETRY_DELAY_MS: '60000' }, 'make one mail wait for more than a day'],
    [{ REPORT_CATCH_UP_HOURS: '721' }, 'REPORT_CATCH_UP_HOURS (721) is longer'],
    [{ SMTP_DKIM_DOMAIN: 'palembang.example' }, 'SMTP_DKIM_DOMAIN, SMTP_DKIM_SELECTOR and SMTP_DKIM_KEY go together'],
  ])('refuses what does not go together: %j', (env, words) => {
    expect(() => readReportConfig({ ...enough, ...env } as NodeJS.ProcessEnv)).toThrow(words)
  })
})
