import { freePort } from '@bina/local-stack/free-port'
import { describe, expect, it } from 'vitest'
import { zoneCheck } from './city-checks.ts'
import { clockCheck, serverDiskCheck, silentSourceChecks, versionCheck, zoneOfViewsCheck } from './clickhouse-checks.ts'
import { topicChecks } from './kafka-checks.ts'
import { linkCheck, linkChecks } from './link-checks.ts'
import { diskCheck } from './machine-checks.ts'
import { mailCheck } from './mail-checks.ts'

const gib = 1024 ** 3

describe('the doctor', () => {
  it.each([
    [100 * gib, 'ok'],
    [1 * gib, 'warn'],
    [0.1 * gib, 'fail'],
  ])('finds %d bytes of disk %s', (free, verdict) => {
    expect(diskCheck('.bina', free)).toMatchObject({ name: 'disk', verdict })
  })

  it.each([
    [0.5, 'ok'],
    [0.05, 'warn'],
    [0.01, 'fail'],
  ])("finds a free share of %d of ClickHouse's disk %s", (share, verdict) => {
    expect(serverDiskCheck(share).verdict).toBe(verdict)
  })

  it.each([
    [3, 'ok', '3 ms apart'],
    [-1_900, 'ok', '2 s apart'],
    [20_000, 'warn', '20 s ahead of'],
    [-20_000, 'warn', '20 s behind'],
    [3_600_000, 'fail', '3600 s ahead of'],
  ])('finds a clock %d ms ahead %s', (aheadMs, verdict, words) => {
    const check = clockCheck('ClickHouse', aheadMs)
    expect(check.verdict).toBe(verdict)
    expect(check.message).toContain(words)
  })

  it.each([
    ['26.7.2.1', 'ok', 'answers at host:8123.'],
    ['26.3.1.100', 'ok', 'answers at host:8123.'],
    ['25.8.4.13', 'warn', 'older'],
    ['27.1.1.1', 'warn', 'newer'],
  ])('knows ClickHouse %s as %s', (version, verdict, words) => {
    const check = versionCheck('host:8123', version)
    expect(check.verdict).toBe(verdict)
    expect(check.message).toContain(words)
  })

  it('says which topics are missing and which are too narrow, and that the rest is well', () => {
    const wanted = [
      { name: 'a', partitions: 6 },
      { name: 'b', partitions: 6 },
    ]
    expect(
      topicChecks(
        wanted,
        new Map([
          ['a', 6],
          ['b', 12],
        ]),
      ),
    ).toMatchObject([{ verdict: 'ok' }])
    expect(topicChecks(wanted, new Map([['a', 3]]))).toMatchObject([
      { verdict: 'fail', message: '1 of 2 topics are missing: b.', next: expect.stringContaining('npx bina migrate') },
      { verdict: 'warn', message: expect.stringContaining('a has 3 partitions instead of 6') },
    ])
  })

  it("fails views whose days are not the city's", () => {
    expect(zoneOfViewsCheck('Asia/Jakarta', 'Asia/Jakarta')).toEqual([])
    expect(zoneOfViewsCheck(undefined, 'Asia/Jakarta')).toEqual([])
    expect(zoneOfViewsCheck('Asia/Jakarta', 'Asia/Makassar')).toMatchObject([{ verdict: 'fail' }])
  })

  it.each([
    ['535', '5.7.8 authentication failed', /refuses the login/, /user and password/],
    ['ESOCKET', 'connect ECONNREFUSED 127.0.0.1:25', /Nothing listens at mail:587/, /SMTP_URL/],
    ['EDNS', 'getaddrinfo ENOTFOUND mail', /leads to no machine/, /SMTP_URL/],
    ['ESOCKET', 'SSL routines:ssl3_get_record:wrong version number', /TLS from the first byte/, /smtp:/],
    ['421', 'busy', /does not take us \(421: busy\)/, /who runs it/],
  ])('tells a mail server that answers %s %s in a sentence of its own', (code, reply, message, next) => {
    const check = mailCheck('mail:587', { ok: false, code, reply })
    expect(check.message).toMatch(message)
    expect(check.next).toMatch(next)
  })

  it('warns of a source that has fallen silent, in the city’s time', () => {
    const silent = { source: 'urn:terminal', topic: 'bina.attendance.v1', units: 12 }
    const lastArrivalMs = Date.parse('2026-07-21T09:00:00Z')
    expect(silentSourceChecks([], 'Asia/Jakarta')).toEqual([])
    expect(silentSourceChecks([{ ...silent, lastArrivalMs }], 'Asia/Jakarta')).toMatchObject([
      { verdict: 'warn', message: expect.stringMatching(/urn:terminal .* since 2026-07-21 16:00, .* 12 units/) },
    ])
  })

  it.each([
    ['https://bina.example', { kind: 'portal' }, 'ok', /portal answers/],
    ['http://127.0.0.1:8090', { kind: 'portal' }, 'ok', /portal answers/],
    ['http://bina.example', { kind: 'portal' }, 'warn', /not encrypted/],
    ['https://bina.example', { kind: 'other' }, 'fail', /not Bina's portal/],
    ['https://bina.example', { kind: 'nothing', reason: 'ENOTFOUND' }, 'fail', /nothing answers \(ENOTFOUND\)/],
  ] as const)('finds links to %s, where it finds %j, %s', (url, found, verdict, words) => {
    const check = linkCheck(url, found)
    expect(check).toMatchObject({ name: 'links', verdict })
    expect(check.message).toMatch(words)
  })

  it('says that reports have no links, and what to set', async () => {
    expect(await linkChecks({ PUBLIC_URL: undefined, REPORT_LINK_SECRET: undefined })).toMatchObject([
      { verdict: 'warn', next: expect.stringContaining('PUBLIC_URL=') },
    ])
    expect(await linkChecks({ PUBLIC_URL: 'https://bina.example', REPORT_LINK_SECRET: undefined })).toMatchObject([
      { verdict: 'warn', next: expect.stringContaining('openssl rand') },
    ])
  })

  it('finds that nothing listens where the links lead', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const [check] = await linkChecks({ PUBLIC_URL: url, REPORT_LINK_SECRET: 'x'.repeat(32) })
    expect(check).toMatchObject({ verdict: 'fail', message: expect.stringContaining('ECONNREFUSED') })
  })

  it('tells the time of the city, not of the machine', () => {
    const check = zoneCheck('Asia/Jakarta', Date.parse('2026-11-08T17:00:05Z'))
    expect(check.message).toContain('2026-11-09 00:00:05, week 2026-W46')
  })
})
