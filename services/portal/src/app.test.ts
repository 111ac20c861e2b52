import { contentHash } from '@bina/events/content-hash'
import { linkPaths } from '@bina/pipeline/links/link-address'
import type { LinkClaim } from '@bina/pipeline/links/link-claim'
import { previewToken } from '@bina/pipeline/links/link-token'
import { afterEach, describe, expect, it } from 'vitest'
import { maxBodyBytes } from './app.ts'
import { claims, createTestPortal, pathOf } from './test-portal.ts'

const portals: { readonly app: { close(): Promise<void> } }[] = []
function open(config?: Parameters<typeof createTestPortal>[0]) {
  const portal = createTestPortal(config)
  portals.push(portal)
  return portal
}
afterEach(async () => {
  for (const { app } of portals.splice(0)) await app.close()
})

const pressed: { readonly [P in LinkClaim['purpose']]: Readonly<Record<string, string>> } = {
  agree: { intent: 'agree' },
  done: { intent: 'done', day: '2026-11-17' },
  object: { intent: 'object', measure: 'S2' },
  held: { intent: 'held', day: '2026-11-18' },
  unsubscribe: { intent: 'unsubscribe' },
  confirm_recipient: { intent: 'confirm_recipient' },
}
const all = Object.values(claims)

describe('a link that is followed', () => {
  it.each(all)('shows a page and changes nothing, by whatever reads it: $purpose', async (claim) => {
    const portal = open()
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      expect((await portal.app.inject({ method, url: pathOf(claim) })).statusCode).toBe(200)
    }
    expect((await portal.app.inject({ method: 'OPTIONS', url: pathOf(claim) })).statusCode).toBe(404)
    expect([...portal.topic.kept, ...portal.unsubscribed, ...portal.confirmed]).toEqual([])
  })

  it.each(all)('has a button, the unit, its language and where to write: $purpose', async (claim) => {
    const { body } = await open().get(pathOf(claim))
    expect(body).toContain('<html lang="id"')
    expect(body).toContain('<form method="post">')
    expect(body).toContain(`name="intent" value="${claim.purpose}"`)
    expect(body).toContain('Kelurahan 26 Ilir')
    expect(body).toContain('mailto:organisasi@palembang.example')
    expect(body).not.toMatch(/<script|src=|http:|https:/)
  })

  it('is in English for who reads English', async () => {
    const { body, headers } = await open().get(pathOf({ ...claims.agree, locale: 'en' }))
    expect(headers['content-language']).toBe('en')
    expect(body).toContain('<html lang="en"')
    expect(body).toContain('We agree on this step')
    expect(body).toContain('Greet residents before asking for papers.')
  })

  it('is told to nobody else, kept by nobody, framed by nobody', async () => {
    const { headers } = await open().get(pathOf(claims.object))
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'; style-src 'sha256-.+'; .*form-action 'self'/,
    )
  })

  it('names a step that the library no longer has by its code', async () => {
    const { body } = await open().get(pathOf({ ...claims.agree, actionCode: 'long_gone' }))
    expect(body).toContain('Langkah dengan kode long_gone')
  })
})

describe('a pressed button', () => {
  it('agrees on the step', async () => {
    const portal = open()
    const { statusCode, body } = await portal.post(pathOf(claims.agree), pressed.agree)
    expect(statusCode).toBe(200)
    expect(body).toContain('Langkah disepakati')
    expect(portal.topic.kept).toMatchObject([
      {
        type: 'bina.coaching.action-agreed.v1',
        source: 'urn:bina:portal',
        subject: '16.71.05.1003',
        time: '2026-11-17T17:00:00.000Z',
        data: { unitId: '16.71.05.1003', actionCode: 'greet_first', dueOn: '2026-11-20' },
      },
    ])
  })

  it('says on the day that was chosen that the step is done', async () => {
    const portal = open()
    await portal.post(pathOf(claims.done), pressed.done)
    expect(portal.topic.kept).toMatchObject([
      {
        type: 'bina.coaching.action-done.v1',
        time: '2026-11-16T17:00:00.000Z',
        data: { actionId: 'a-17', unitId: '16.71.05.1003' },
      },
    ])
  })

  it('leads from the agreement to the page that says it is done, of the same action', async () => {
    const portal = open()
    const { body } = await portal.post(pathOf(claims.agree), pressed.agree)
    const [, path = ''] = /href="https:\/\/bina\.example(\/done\/[\w.-]+)"/.exec(body) ?? []
    await portal.post(path, pressed.done)
    const [agreed, done] = portal.topic.kept
    expect(agreed?.data).toMatchObject({ actionId: expect.stringMatching(/^portal-/) })
    expect(done?.data).toEqual({ unitId: '16.71.05.1003', actionId: Object(agreed?.data).actionId })
  })

  it('objects to one measure of the week, or to the whole of it', async () => {
    const portal = open()
    await portal.post(pathOf(claims.object), pressed.object)
    await portal.post(pathOf(claims.object), { intent: 'object', measure: 'all' })
    expect(portal.topic.kept.map(({ type, data }) => ({ type, data }))).toEqual([
      {
        type: 'bina.coaching.objected.v1',
        data: { objectionId: expect.any(String), unitId: '16.71.05.1003', week: '2026-11-09', measure: 'S2' },
      },
      {
        type: 'bina.coaching.objected.v1',
        data: { objectionId: expect.any(String), unitId: '16.71.05.1003', week: '2026-11-09' },
      },
    ])
    expect(new Set(portal.topic.kept.map(({ id }) => id)).size).toBe(2)
  })

  it('records a coaching by the unit of the superior, under the id of its plan where there is one', async () => {
    const portal = open()
    await portal.post(pathOf(claims.held), pressed.held)
    await portal.post(pathOf({ ...claims.held, coachingId: 'plan-7', topicCode: 'counter' }), pressed.held)
    expect(portal.topic.kept.map(({ type, data }) => ({ type, ...data }))).toMatchObject([
      { type: 'bina.coaching.held.v1', unitId: '16.71.05.1003', coachUnitId: '16.71.05', topicCode: 'greet_first' },
      { type: 'bina.coaching.held.v1', coachingId: 'plan-7', topicCode: 'counter' },
    ])
  })

  it('unsubscribes the one who was sent the link from that report', async () => {
    const portal = open()
    const { body } = await portal.post(pathOf(claims.unsubscribe), pressed.unsubscribe)
    const { recipient, unitId } = claims.unsubscribe
    expect(portal.unsubscribed).toEqual([{ recipient, unitId, report: '', atMs: portal.clock.nowMs }])
    expect(body).toContain('Tercatat: tidak dikirim lagi')
  })

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('of a mail client unsubscribes without the page (RFC 8058): %s', async (type, payload) => {
    const portal = open()
    const { statusCode } = await portal.post(pathOf(claims.unsubscribe), payload, { 'content-type': type })
    expect(statusCode).toBe(200)
    expect(portal.unsubscribed).toHaveLength(1)
  })

  it('confirms an address that was added', async () => {
    const portal = open()
    await portal.post(pathOf(claims.confirm_recipient), pressed.confirm_recipient)
    expect(portal.confirmed).toMatchObject([{ recipient: claims.confirm_recipient.recipient, report: 'area' }])
    expect(portal.unsubscribed).toEqual([])
  })

  it.each(all.filter(({ purpose }) => !['unsubscribe', 'confirm_recipient'].includes(purpose)))(
    'in two tabs, twice, and an hour later makes the same event: $purpose',
    async (claim) => {
      const portal = open()
      await Promise.all([1, 2].map(() => portal.post(pathOf(claim), pressed[claim.purpose])))
      portal.clock.nowMs += 3_600_000
      await portal.post(pathOf(claim), pressed[claim.purpose])
      expect(portal.topic.kept).toHaveLength(3)
      expect(new Set(portal.topic.kept.map(contentHash)).size).toBe(1)
    },
  )

  it('of the head and of the superior agree on one action', async () => {
    const portal = open()
    await portal.post(pathOf(claims.agree), pressed.agree)
    await portal.post(pathOf({ ...claims.agree, reader: 'superior', recipient: 'another' }), pressed.agree)
    expect(new Set(portal.topic.kept.map(contentHash)).size).toBe(1)
  })

  it.each(all.filter(({ purpose }) => purpose !== 'unsubscribe'))(
    'is wanted: a machine that posts to a link does nothing: $purpose',
    async (claim) => {
      const portal = open()
      for (const payload of ['', 'List-Unsubscribe=One-Click', 'intent=unsubscribe']) {
        const { statusCode, body } = await portal.post(pathOf(claim), payload)
        expect(statusCode).toBe(422)
        expect(body).toContain('role="alert"')
      }
      expect([...portal.topic.kept, ...portal.confirmed]).toEqual([])
    },
  )

  it.each([
    ['object', { intent: 'object' }],
    ['object', { intent: 'object', measure: 'S99' }],
    ['object', { intent: 'object', measure: '<b>' }],
    ['held', { intent: 'held', day: '2026-11-19' }],
    ['held', { intent: 'held', day: '2026-11-11' }],
    ['done', { intent: 'done', day: '2026-99-99' }],
  ] as const)('without one of the choices offered asks again: %s %j', async (purpose, fields) => {
    const portal = open()
    const { statusCode, body } = await portal.post(pathOf(claims[purpose]), fields)
    expect(statusCode).toBe(422)
    expect(body).toMatch(new RegExp(`role="alert".*href="#${purpose === 'object' ? 'measure' : 'day'}"`))
    expect(body).not.toContain('<b>')
    expect(portal.topic.kept).toEqual([])
  })
})

describe('a link that cannot be used', () => {
  const forged = pathOf(claims.agree).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))

  it.each([
    ['cut', pathOf(claims.agree).slice(0, -20), 400, 'terpotong'],
    ['forged', forged, 403, 'bukan buatan kami'],
    ['of another page', pathOf(claims.agree).replace('/agree/', '/held/'), 403, 'bukan buatan kami'],
    ['to no page', '/agree', 404, 'tidak ditemukan'],
    ['that cannot be decoded', '/agree/%E0%A4%A', 400, 'tidak dapat dibaca'],
    ['without end', `/agree/${'a'.repeat(5_000)}`, 414, 'tidak dapat dibaca'],
  ])('%s says so kindly and where to write, and does nothing', async (_, path, status, words) => {
    const portal = open()
    for (const answer of [await portal.get(path), await portal.post(path, pressed.agree)]) {
      expect(answer.statusCode).toBe(status)
      expect(answer.body).toContain(words)
      expect(answer.body).toContain('mailto:organisasi@palembang.example')
      expect(answer.headers['referrer-policy']).toBe('no-referrer')
    }
    expect(portal.topic.kept).toEqual([])
  })

  it('answers an English browser in English', async () => {
    const { body } = await open().get(forged, { 'accept-language': 'en-GB,en;q=0.9,id;q=0.8' })
    expect(body).toContain('This link was not made by us')
  })

  it('of a superior ends the copies of all units below at once, and says that the summary still comes', async () => {
    const portal = open()
    const path = pathOf({ ...claims.unsubscribe, report: 'copies' })
    expect((await portal.get(path)).body).toMatch(/semua unit di bawah Kelurahan 26 Ilir .* rekap/s)
    expect((await portal.post(path, pressed.unsubscribe)).body).toContain('Rekapnya tetap dikirim')
    expect(portal.unsubscribed).toMatchObject([{ unitId: '16.71.05.1003', report: 'copies' }])
  })

  it.each(all)('of a preview says that it is one, and does nothing when it is pressed: $purpose', async (claim) => {
    const portal = open()
    const path = `${linkPaths[claim.purpose]}/${previewToken}`
    expect((await portal.get(path)).body).toContain('Ini pratinjau')
    expect((await portal.get(path, { 'accept-language': 'en' })).body).toContain('This is a preview')
    const { body } = await portal.post(path, pressed[claim.purpose])
    expect(body).toContain('Ini pratinjau')
    expect(body).not.toContain('<form')
    expect([...portal.topic.kept, ...portal.unsubscribed, ...portal.confirmed]).toEqual([])
  })

  it.each(all)('since it has expired says so, in its own language: $purpose', async (claim) => {
    const portal = open()
    portal.clock.nowMs = Date.parse('2026-12-29T00:00:00Z')
    for (const answer of [
      await portal.get(pathOf({ ...claim, locale: 'en' })),
      await portal.post(pathOf({ ...claim, locale: 'en' }), pressed[claim.purpose]),
    ]) {
      expect(answer.statusCode).toBe(410)
      expect(answer.body).toContain('This link has expired')
    }
    expect([...portal.topic.kept, ...portal.unsubscribed, ...portal.confirmed]).toEqual([])
  })

  it('takes an objection to the end of the last of its five working days, in the city', async () => {
    const portal = open()
    portal.clock.nowMs = Date.parse('2026-11-23T23:59:59+07:00')
    expect((await portal.get(pathOf(claims.object))).body).toContain('Senin, 23 November 2026')
    expect((await portal.post(pathOf(claims.object), pressed.object)).statusCode).toBe(200)
    portal.clock.nowMs += 1_000
    const late = await portal.post(pathOf(claims.object), pressed.object)
    expect(late.statusCode).toBe(410)
    expect(late.body).toContain('Masa klarifikasi untuk minggu ini sudah berakhir')
    expect(portal.topic.kept).toHaveLength(1)
  })

  it('agrees on no step whose date has passed: it could only ever be late', async () => {
    const portal = open()
    portal.clock.nowMs = Date.parse('2026-11-21T00:00:00+07:00')
    expect((await portal.post(pathOf(claims.agree), pressed.agree)).statusCode).toBe(410)
    expect(portal.topic.kept).toEqual([])
  })
})

describe('while Kafka is away', () => {
  it.each(['away', 'hang'] as const)(
    'the page says that nothing is recorded, and keeps what was chosen: %s',
    async (mode) => {
      const portal = open()
      portal.topic.state.mode = mode
      const { statusCode, headers, body } = await portal.post(pathOf(claims.object), pressed.object)
      expect(statusCode).toBe(503)
      expect(headers['retry-after']).toBe('60')
      expect(body).toContain('Belum tercatat')
      expect(body).toMatch(/<input[^>]*value="S2"[^>]*checked/)
      expect(body).not.toContain('Keberatan sudah tercatat')
      portal.topic.state.mode = 'keep'
      expect((await portal.post(pathOf(claims.object), pressed.object)).statusCode).toBe(200)
      expect(portal.topic.kept).toHaveLength(1)
    },
  )
})

describe('the portal', () => {
  it('tells neither log nor metrics a token, also where something fails', async () => {
    const portal = open()
    const tokens = all.map((claim) => pathOf(claim).split('/').at(-1) ?? '')
    portal.topic.state.mode = 'away'
    for (const claim of all) {
      await portal.get(pathOf(claim))
      await portal.post(pathOf(claim), pressed[claim.purpose])
      await portal.get(`${pathOf(claim)}x`)
      await portal.get(`/nowhere${pathOf(claim)}`)
    }
    const told = `${JSON.stringify(portal.logged, (_, value) => (value instanceof Error ? `${value.stack}` : value))}${await portal.metrics.text()}`
    expect(told).toContain('was not recorded')
    expect(told).toMatch(/portal_requests_total{page="agree",status="503"} 1/)
    expect(told).toMatch(/portal_deeds_total{purpose="unsubscribe",outcome="recorded"} 1/)
    const parts = tokens.flatMap((token) => token.split('.').filter((part) => part.length > 8))
    expect(parts.filter((part) => told.includes(part))).toEqual([])
  })

  it('lets nobody ask without end', async () => {
    const portal = open({ requestsAMinute: 10 })
    const statuses: number[] = []
    for (let asked = 0; asked < 12; asked++) statuses.push((await portal.get(`/agree/${asked}`)).statusCode)
    expect(statuses).toEqual([...Array(10).fill(400), 429, 429])
    const { statusCode, headers, body } = await portal.get('/nowhere')
    expect(statusCode).toBe(429)
    expect(headers['retry-after']).toBe('60')
    expect(body).toContain('Terlalu banyak permintaan')
  })

  it('reads no more than a form can hold, and no other form', async () => {
    const portal = open()
    const large = await portal.post(pathOf(claims.object), `measure=${'x'.repeat(maxBodyBytes)}`)
    expect(large.statusCode).toBe(413)
    expect(large.body).toContain('tidak dapat dibaca')
    const json = await portal.post(pathOf(claims.agree), '{"intent":"agree"}', { 'content-type': 'application/json' })
    expect(json.statusCode).toBe(422)
    expect(portal.topic.kept).toEqual([])
  })

  it('says what it is at its own address, and asks not to be searched', async () => {
    const portal = open()
    expect((await portal.get('/')).body).toContain('Bina')
    expect((await portal.get('/robots.txt')).body).toContain('Disallow: /')
  })
})
