import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createFrameHold, wholeFrameSockets } from './whole-frames.ts'

const frame = (text: string) => {
  const message = Buffer.alloc(4 + text.length)
  message.writeInt32BE(text.length, 0)
  message.write(text, 4)
  return message
}

it.each([1, 2, 3, 4, 5, 7, 11, 100])(
  'lets whole messages through, in order, when they come %s bytes at a time',
  (atOnce) => {
    const messages = ['attendance', 'a', '', 'complaint received'].map(frame)
    const stream = Buffer.concat(messages)
    const hold = createFrameHold()
    const through: Buffer[] = []
    const ends = new Set(messages.map((_, at) => Buffer.concat(messages.slice(0, at + 1)).length))
    for (let at = 0; at < stream.length; at += atOnce) {
      through.push(...hold(stream.subarray(at, at + atOnce)))
      const length = Buffer.concat(through).length
      if (length > 0) expect(ends).toContain(length)
    }
    expect(Buffer.concat(through)).toEqual(stream)
  },
)

it('tells a client nothing of a message that its connection broke in', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const taken = once(server, 'connection') as Promise<[Socket]>
  const client = wholeFrameSockets({ host: '127.0.0.1', port, ssl: false as never, onConnect: () => {} })
  const heard: Buffer[] = []
  client.on('data', (chunk: Buffer) => heard.push(chunk))
  const [peer] = await taken
  peer.end(Buffer.concat([frame('whole'), frame('cut off').subarray(0, 6)]))
  await once(client, 'close')
  server.close()
  expect(Buffer.concat(heard)).toEqual(frame('whole'))
})
