import { generateKeyPairSync } from 'node:crypto'
import { describe } from 'vitest'
import { fixture, test } from '../fixtures/smtp-world.ts'
import { verifyDkim } from '../fixtures/verify-dkim.ts'
import type { Mail } from './mailer.ts'

const mail: Mail = {
  from: 'Bina Palembang <bina@palembang.example>',
  to: 'lurah.bukitlama@palembang.example',
  replyTo: 'pembinaan@palembang.example',
  subject: 'Catatan pembinaan mingguan Kelurahan Bukit Lama, 16–22 November 2026',
  html: '<!doctype html><html lang="id"><body><h1>Kelurahan Bukit Lama</h1></body></html>',
  text: 'Kelurahan Bukit Lama\n\nYang berjalan baik: 7 dari 8.\n.\ntitik di awal baris\n',
  messageId: '<bina.0123456789@palembang.example>',
}

const smtpError = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

describe.concurrent('a report that is sent', () => {
  test('arrives with all its headers and both its parts', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const outcome = await world.startMailer({ url }).send(mail)

    expect(outcome).toMatchObject({ kind: 'sent', reply: expect.stringMatching(/^250 /) })
    const [got] = taken
    expect(taken).toHaveLength(1)
    expect(got?.from).toBe('bina@palembang.example')
    expect(got?.to).toEqual(['lurah.bukitlama@palembang.example'])
    const { parsed } = got ?? {}
    expect(parsed?.messageId).toBe(mail.messageId)
    expect(parsed?.subject).toBe(mail.subject)
    expect(parsed?.from?.value).toEqual([{ name: 'Bina Palembang', address: 'bina@palembang.example' }])
    expect(parsed?.replyTo?.text).toBe('pembinaan@palembang.example')
    expect(parsed?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(parsed?.date).toBeInstanceOf(Date)
    expect(parsed?.text).toBe(mail.text)
    expect(parsed?.html).toBe(mail.html)
    expect(got?.raw).toMatch(/^Content-Type: multipart\/alternative/m)
    expect(got?.raw.split('\r\n').every((line) => line.length <= 998)).toBe(true)
  })

  test('carries the same Message-ID when it is sent again', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const mailer = world.startMailer({ url })
    await mailer.send(mail)
    await mailer.send(mail)
    expect(taken.map((t) => t.parsed.messageId)).toEqual([mail.messageId, mail.messageId])
  })

  test('logs in where the server asks for it', async ({ world, expect }) => {
    const seen: unknown[] = []
    const { url } = await world.startServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, callback) {
        seen.push({ username, password })
        callback(null, { user: username })
      },
    })
    const withLogin = url.replace('smtp://', 'smtp://bina:p%40ss@')
    expect(await world.startMailer({ url: withLogin }).send(mail)).toMatchObject({ kind: 'sent' })
    expect(seen).toEqual([{ username: 'bina', password: 'p@ss' }])
  })
})

describe.concurrent('what goes with a report', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  const withFiles: Mail = {
    ...mail,
    html: '<!doctype html><html lang="id"><body><img src="cid:trend@bina" alt="Tren"></body></html>',
    attachments: [
      { filename: 'trend.png', contentType: 'image/png', content: png, cid: 'trend@bina' },
      { filename: 'angka.csv', contentType: 'text/csv', content: new TextEncoder().encode('unit;n\r\n') },
    ],
  }

  test('is shown in its place where it is a picture, and is a file where it is none', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    await world.startMailer({ url }).send(withFiles)
    const [picture, file] = taken[0]?.parsed.attachments ?? []
    expect(picture).toMatchObject({ cid: 'trend@bina', contentType: 'image/png', contentDisposition: 'inline' })
    expect([...(picture?.content ?? [])]).toEqual([...png])
    expect(file).toMatchObject({ filename: 'angka.csv', contentDisposition: 'attachment' })
    expect(taken[0]?.parsed.text).toBe(mail.text)
  })

  test('is never a file of this machine', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const path = { buffer: undefined, path: '/etc/passwd' } as unknown as Uint8Array
    const attachments = [{ filename: 'a', contentType: 'text/plain', content: path }]
    await expect(world.startMailer({ url }).send({ ...mail, attachments })).rejects.toThrow()
    expect(taken).toEqual([])
  })

  test('is one click to get no more of them, where the reader may', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const mailer = world.startMailer({ url })
    await mailer.send({ ...mail, unsubscribeUrl: 'https://bina.palembang.example/l/abc.def' })
    await mailer.send(mail)
    expect(taken[0]?.raw).toMatch(/^List-Unsubscribe: <https:\/\/bina\.palembang\.example\/l\/abc\.def>\r$/m)
    expect(taken[0]?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    expect(taken[1]?.raw).not.toContain('List-Unsubscribe')
  })

  test.for([
    'https://x.example/>, <mailto:a@x.example',
    'javascript:alert(1)',
    'https://x.example/a\r\nBcc: b@x.example',
  ])('is no link such as %j', async (unsubscribeUrl, { world, expect }) => {
    const { taken, url } = await world.startServer()
    await expect(world.startMailer({ url }).send({ ...mail, unsubscribeUrl })).rejects.toMatchObject({
      code: 'bad_mail',
    })
    expect(taken).toEqual([])
  })

  test("is the city's signature over what is read and over the way out of the list", async ({ world, expect }) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const { taken, url } = await world.startServer()
    const dkim = { domain: 'palembang.example', selector: 'bina', privateKey }
    await world.startMailer({ url, dkim }).send({ ...withFiles, unsubscribeUrl: 'https://bina.palembang.example/l/a' })
    const raw = taken[0]?.raw ?? ''
    expect(raw).toMatch(/^DKIM-Signature: .*d=palembang\.example;[\s\S]*s=bina;/m)
    const { isSigned, over } = verifyDkim(raw, publicKey)
    expect(isSigned).toBe(true)
    expect(over).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']))
    expect(verifyDkim(raw.replace('Bukit Lama', 'Bukit Baru'), publicKey).isSigned).toBe(false)
  })
})

describe.concurrent('nobody can write a header of their own', () => {
  test('by a subject with line breaks', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    await world
      .startMailer({ url })
      .send({ ...mail, subject: 'Catatan\r\nBcc: x@evil.example\r\n\r\n<b>isi</b>\u0000' })
    expect(taken[0]?.parsed.headers.has('bcc')).toBe(false)
    expect(taken[0]?.parsed.subject).toBe('Catatan Bcc: x@evil.example <b>isi</b>')
    expect(taken[0]?.to).toEqual([mail.to])
  })

  test.for([
    'a@x.example\r\nBcc: x@evil.example',
    'a@x.example, x@evil.example',
    'a@x.example>\r\nRCPT TO:<x@evil.example',
    'keine-adresse',
  ])('by a recipient such as %j, which no server gets to see', async (to, { world, expect }) => {
    const { taken, url } = await world.startServer()
    expect(await world.startMailer({ url }).send({ ...mail, to })).toMatchObject({
      kind: 'refused',
      code: 'bad_address',
    })
    expect(taken).toEqual([])
  })

  test.for([
    { from: 'Bina\r\nBcc: x@evil.example <bina@palembang.example>' },
    { replyTo: 'a@x.example\nX: y' },
    { messageId: '<a@b>\r\nBcc: x@evil.example' },
    { messageId: 'without brackets' },
  ])('by %o: that is our fault, so it throws', async (change, { world, expect }) => {
    const { taken, url } = await world.startServer()
    await expect(world.startMailer({ url }).send({ ...mail, ...change })).rejects.toMatchObject({ code: 'bad_mail' })
    expect(taken).toEqual([])
  })

  test('and no text of a report reads a file or an address', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const html = { path: '/etc/passwd' } as unknown as string
    expect(await world.startMailer({ url }).send({ ...mail, html })).not.toMatchObject({ kind: 'sent' })
    expect(taken).toEqual([])
  })
})

describe.concurrent('what the server says', () => {
  test('5xx to the recipient is for good', async ({ world, expect }) => {
    const { url } = await world.startServer({ onRcptTo: (_a, _s, done) => done(smtpError(550, 'no such mailbox')) })
    const outcome = await world.startMailer({ url }).send(mail)
    expect(outcome).toEqual({ kind: 'refused', code: '550', reply: '550 no such mailbox', hardBounce: true })
  })

  test('4xx to the recipient is for now: grey lists mean no harm', async ({ world, expect }) => {
    let calls = 0
    const { taken, url } = await world.startServer({
      onRcptTo: (_a, _s, done) => done(calls++ === 0 ? smtpError(451, 'greylisted, come back') : null),
    })
    const mailer = world.startMailer({ url })
    expect(await mailer.send(mail)).toEqual({ kind: 'try_later', code: '451', reply: '451 greylisted, come back' })
    expect(await mailer.send(mail)).toMatchObject({ kind: 'sent' })
    expect(taken).toHaveLength(1)
  })

  test('5xx to the content is for good, 4xx for now', async ({ world, expect }) => {
    const codes = [554, 452]
    const { url } = await world.startServer({
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () => done(smtpError(codes.shift() ?? 250, 'as said')))
      },
    })
    const mailer = world.startMailer({ url })
    expect(await mailer.send(mail)).toMatchObject({ kind: 'refused', code: '554', hardBounce: false })
    expect(await mailer.send(mail)).toMatchObject({ kind: 'try_later', code: '452' })
  })

  test('a wrong password says nothing about the mail', async ({ world, expect }) => {
    const { url } = await world.startServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(smtpError(535, 'wrong password')),
    })
    const mailer = world.startMailer({ url: url.replace('smtp://', 'smtp://bina:geheim@') })
    const outcome = await mailer.send(mail)
    expect(outcome).toMatchObject({ kind: 'try_later', code: '535' })
    expect(JSON.stringify(outcome)).not.toContain('geheim')
    expect(await mailer.check()).toMatchObject({ ok: false, code: '535' })
  })

  test('a server that turns everybody away says nothing about the mail', async ({ world, expect }) => {
    const { url } = await world.startRawServer((socket) => socket.end('554 no service here\r\n'))
    expect(await world.startMailer({ url }).send(mail)).toMatchObject({ kind: 'try_later' })
  })
})

describe.concurrent('the world', () => {
  test('no server at the port is for now', async ({ world, expect }) => {
    const mailer = world.startMailer({ url: await world.freedUrl() })
    expect(await mailer.send(mail)).toMatchObject({ kind: 'try_later', code: 'ESOCKET' })
    expect(await mailer.check()).toMatchObject({ ok: false })
  })

  test('a server that never speaks is given up', async ({ world, expect }) => {
    const { url } = await world.startRawServer(() => undefined)
    expect(await world.startMailer({ url, connectTimeoutMs: 50 }).send(mail)).toMatchObject({
      kind: 'try_later',
      code: 'ETIMEDOUT',
    })
  })

  test('a server that trickles for ever is given up', async ({ world, expect }) => {
    const { url } = await world.startRawServer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 10)
      socket.on('close', () => clearInterval(timer))
    })
    expect(await world.startMailer({ url, attemptTimeoutMs: 80 }).send(mail)).toMatchObject({
      kind: 'try_later',
      code: 'EABORT',
    })
  })

  test.for([
    ['before the greeting', ''],
    ['at the greeting', 'EHLO'],
    ['in the middle of a mail', 'DATA'],
  ] as const)('a connection lost %s is one attempt, not several', async ([_, lostAt], { world, expect }) => {
    const { url, connections } = await world.startRawServer((socket) => {
      if (lostAt === '') return socket.end()
      socket.write('220 here\r\n')
      socket.on('data', (data) => {
        const command = data.toString()
        if (!command.startsWith(lostAt)) return socket.write('250 ok\r\n')
        return lostAt === 'DATA' ? socket.end('354 go\r\n') : socket.end()
      })
    })
    expect(await world.startMailer({ url }).send(mail)).toMatchObject({ kind: 'try_later' })
    expect(connections()).toBe(1)
  })
})

describe.concurrent('TLS', () => {
  test('is demanded where the settings say so: no mail goes out in the clear', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    expect(await world.startMailer({ url, tls: 'required' }).send(mail)).toMatchObject({ kind: 'try_later' })
    expect(taken).toEqual([])
  })

  test('is demanded of every server but one on this machine', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    // The same server by a name that the mailer does not know for this machine.
    const elsewhere = world.startMailer({ url: url.replace('127.0.0.1', '[::ffff:127.0.0.1]') })
    expect(await elsewhere.send(mail)).toMatchObject({ kind: 'try_later' })
    expect(taken).toEqual([])
  })

  test('is used where it is demanded and offered', async ({ world, expect }) => {
    const [key, cert] = [fixture('loopback-key.pem'), fixture('loopback-certificate.pem')]
    const secured: boolean[] = []
    const { url } = await world.startServer({
      disabledCommands: [],
      key,
      cert,
      onMailFrom(_address, session, callback) {
        secured.push(session.secure)
        callback()
      },
    })
    const mailer = world.startMailer({ url, tls: 'required', certificateAuthorities: cert })
    expect(await mailer.send(mail)).toMatchObject({ kind: 'sent' })
    expect(secured).toEqual([true])
  })

  test('with a certificate that does not hold is no TLS', async ({ world, expect }) => {
    const { taken, url } = await world.startServer({
      disabledCommands: [],
      key: fixture('loopback-key.pem'),
      cert: fixture('loopback-certificate.pem'),
    })
    expect(await world.startMailer({ url, tls: 'required' }).send(mail)).toMatchObject({ kind: 'try_later' })
    expect(taken).toEqual([])
  })
})

describe.concurrent('closing', () => {
  test('waits for the mail that is under way', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const mailer = world.startMailer({ url })
    const sending = mailer.send(mail)
    await mailer.close()
    expect(await sending).toMatchObject({ kind: 'sent' })
    expect(taken).toHaveLength(1)
  })

  test('is the end: what comes after is not sent', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    const mailer = world.startMailer({ url })
    await mailer.close()
    await mailer.close()
    expect(await mailer.send(mail)).toMatchObject({ kind: 'try_later', code: 'closed' })
    expect(taken).toEqual([])
  })

  test('a server that answers passes the check, and no mail was sent for it', async ({ world, expect }) => {
    const { taken, url } = await world.startServer()
    expect(await world.startMailer({ url }).check()).toEqual({ ok: true })
    expect(taken).toEqual([])
  })
})
