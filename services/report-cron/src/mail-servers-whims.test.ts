import type { AddressInfo } from 'node:net'
import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { createTestOffice } from '@bina/pipeline/report/test-office'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'

const address = (name: string) => `${name}@palembang.example`
const error = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
const stops: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** A mail server that treats each recipient by its name, the first time or always. */
async function startServer() {
  const taken: { readonly to: string; readonly messageId: string; readonly raw: string }[] = []
  const asked = new Map<string, number>()
  const again = (to: string) => {
    asked.set(to, (asked.get(to) ?? 0) + 1)
    return asked.get(to) !== 1
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address: to }, _session, answer) {
      const isAgain = again(to)
      const isGone = to.startsWith('gone') || (to.startsWith('grey-then-gone') && isAgain)
      if (isGone) answer(error(550, 'no such mailbox'))
      else if (to.startsWith('grey') && !isAgain) answer(error(451, 'greylisted, come back'))
      // A server that says nothing at all; the mailer gives it up.
      else if (!(to.startsWith('slow') && !isAgain)) answer()
    },
    onData(stream, session, answer) {
      const to = session.envelope.rcptTo[0]?.address ?? ''
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (!to.startsWith('cut') || asked.get(to) !== 1) return
        // In the middle of the mail the line is dead.
        for (const connection of server.connections) connection._socket.destroy()
      })
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        if (to.startsWith('spam')) return answer(error(554, 'content refused'))
        taken.push({ to, messageId: /^Message-ID:\s+(\S+)/im.exec(raw)?.[1] ?? '', raw })
        answer(null, 'kept')
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { taken, asked, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

async function runOver(names: readonly string[]) {
  const server = await startServer()
  const mailer = createSmtpMailer({ url: server.url, silenceTimeoutMs: 300, connectTimeoutMs: 2_000 })
  stops.push(() => mailer.close())
  const office = createTestOffice(
    names.map((name) => ({ unitId: name, reportEmails: [address(name)], parentUnitId: 'kecamatan' })),
  )
  office.world.mailer = mailer
  return { office, server }
}

describe('a mail server with whims of its own', () => {
  const names = ['well', 'grey', 'cut', 'slow', 'gone', 'spam', 'kecamatan']

  it('gets each mail that it takes once, however it behaved the first time', async () => {
    const { office, server } = await runOver(names)
    const run = await office.run()
    expect(run).toMatchObject({ state: 'finished_with_failures', failed: 2 })
    const own = office.deliveries().filter(({ reader }) => reader === 'unit_head')
    expect(own.map(({ recipient, state, attempts }) => [recipient, state, attempts].join(' '))).toEqual([
      `${address('well')} sent 1`,
      `${address('grey')} sent 2`,
      `${address('cut')} sent 2`,
      `${address('slow')} sent 2`,
      `${address('gone')} failed 1`,
      `${address('spam')} failed 1`,
      `${address('kecamatan')} sent 1`,
    ])
    const copies = server.taken.map(({ messageId }) => messageId)
    expect(new Set(copies).size).toBe(copies.length)
    expect(copies.toSorted()).toEqual(
      office
        .deliveries()
        .flatMap(({ state, messageId }) => (state === 'sent' ? messageId : []))
        .toSorted(),
    )
  })

  it('is waited for once for all who are busy, after everybody else had their mail', async () => {
    const { office, server } = await runOver(['grey', 'grey-too', 'well'])
    await office.run()
    expect(office.waits).toEqual([100])
    expect(server.taken.map(({ to }) => to)).toEqual([address('well'), address('grey'), address('grey-too')])
  })

  it('that asks to come back, and then knows no such mailbox: the superior, who has the copy, is told in the same round', async () => {
    const { office, server } = await runOver(['grey-then-gone', 'well', 'kecamatan'])
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', failed: 1 })
    expect(office.waits).toEqual([100])
    const post = office.deliveries().filter(({ unitId }) => unitId === 'grey-then-gone')
    expect(
      post.map(({ recipient, reader, state, attempts }) => [recipient, reader, state, attempts].join(' ')),
    ).toEqual([
      `${address('grey-then-gone')} unit_head failed 2`,
      `${address('kecamatan')} superior sent 1`,
      `${address('kecamatan')} in_place_of sent 1`,
    ])
    const textsOf = (id: string) =>
      Promise.all(server.taken.flatMap(({ messageId, raw }) => (messageId === id ? simpleParser(raw) : [])))
    const saysSo = async ({ messageId }: { readonly messageId: string }) =>
      (await textsOf(messageId)).map(({ text = '' }) => /tidak\s+menerima\s+surel/.test(text))
    expect(await Promise.all(post.map(saysSo))).toEqual([[], [false], [true]])
    // Whoever comes back to the run finds nothing more to tell.
    await office.run()
    expect(server.taken.filter(({ to }) => to === address('kecamatan'))).toHaveLength(4)
  })

  it('that refuses the content keeps nobody from getting the next one; a mailbox that is not there gets none', async () => {
    const { office, server } = await runOver(['gone', 'spam'])
    await office.run()
    expect([...office.suppressed.keys()]).toEqual([address('gone')])
    expect([server.asked.get(address('gone')), server.asked.get(address('spam'))]).toEqual([1, 1])
  })

  it('that is away for good leaves every mail for the next doorbell, and none as failed', async () => {
    const { office } = await runOver(['well', 'kecamatan'])
    const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', connectTimeoutMs: 500 })
    stops.push(() => mailer.close())
    office.world.mailer = mailer
    expect(await office.run()).toMatchObject({ state: 'finished_with_failures', delivered: 0 })
    expect(new Set(office.deliveries().map(({ state }) => state))).toEqual(new Set(['queued']))
    expect(office.suppressed.size).toBe(0)
  })
})
