import { describe, expect, it } from 'vitest'
import { readPortalConfig } from './config.ts'

const least = {
  KAFKA_BROKERS: 'kafka:9092',
  CLICKHOUSE_URL: 'http://clickhouse:8123/bina',
  PUBLIC_URL: 'https://bina.example',
  REPORT_LINK_SECRET: 'a-secret-of-a-test-with-enough-characters',
}

describe('the configuration of the portal', () => {
  it('listens on this machine alone, and believes no proxy, until told otherwise', () => {
    const config = readPortalConfig(least)
    expect(config).toMatchObject({ PORTAL_HOST: '127.0.0.1', PORTAL_PORT: 8090, OPERATIONS_HOST: '127.0.0.1' })
    expect(config.PORTAL_TRUSTED_PROXIES).toBeUndefined()
  })

  it.each([
    ['no address', { PUBLIC_URL: '' }, /PUBLIC_URL: expected the http.*it is not set/],
    ['no secret', { REPORT_LINK_SECRET: '' }, /REPORT_LINK_SECRET: .*it is not set/],
    ['a secret that can be guessed', { REPORT_LINK_SECRET: 'short' }, /REPORT_LINK_SECRET: expected at least 32/],
    ['an address that is none', { PUBLIC_URL: 'bina.example' }, /PUBLIC_URL: expected the http/],
    ['an address with a query', { PUBLIC_URL: 'https://bina.example/?to=' }, /PUBLIC_URL: expected the http/],
    [
      'a former secret that can be guessed',
      { REPORT_LINK_SECRET_PREVIOUS: 'short' },
      /SECRET_PREVIOUS: expected at least 32/,
    ],
  ])('with %s does not start, and says why without the secret', (_, wrong, words) => {
    expect(() => readPortalConfig({ ...least, ...wrong })).toThrow(words)
    expect(() => readPortalConfig({ ...least, ...wrong })).not.toThrow(/got "short"/)
  })

  it.each([
    [{ OPERATIONS_PORT: '8090' }, 'PORTAL_PORT and OPERATIONS_PORT are both 8090'],
    [{ PORTAL_PUBLISH_TIMEOUT_MS: '30000' }, 'PORTAL_PUBLISH_TIMEOUT_MS (30000) must be less than SHUTDOWN_TIMEOUT_MS'],
    [{ REPORT_LINK_SECRET_PREVIOUS: least.REPORT_LINK_SECRET }, 'is the same as REPORT_LINK_SECRET'],
  ])('refuses what does not go together: %j', (env, words) => {
    expect(() => readPortalConfig({ ...least, ...env } as NodeJS.ProcessEnv)).toThrow(words)
  })
})
