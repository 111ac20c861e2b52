import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { askKafka, decodeMetadata, metadataRequest } from './kafka-ready.ts'

let server: Server | undefined

afterEach(() => {
  server?.close()
  server = undefined
})

function listen(answer: (request: Buffer) => Buffer): Promise<number> {
  return new Promise((resolve) => {
    const listening = createServer((socket) => socket.on('data', (request) => socket.write(answer(request))))
    server = listening
    listening.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)])
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const broker = Buffer.concat([int32(1), text('127.0.0.1'), int32(9092), Buffer.from([0xff, 0xff])])
const reply = Buffer.concat([int32(1), int32(1), broker, text('the-cluster'), int32(1), int32(0)])

test('a broker that names itself is ready, and tells its cluster', async () => {
  const port = await listen((request) => {
    expect(request.equals(metadataRequest())).toBe(true)
    return Buffer.concat([int32(reply.length), reply])
  })
  expect(await askKafka(port, 1_000)).toEqual({ clusterId: 'the-cluster', brokers: 1 })
})

test('a port where nobody, or some other server answers, is no Kafka', async () => {
  const port = await listen(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
  expect(await askKafka(port, 1_000)).toBeUndefined()
  await new Promise((resolve) => server?.close(resolve))
  expect(await askKafka(port, 1_000)).toBeUndefined()
})

test('a reply that is cut short anywhere is no reply', () => {
  const clusterIdEnds = reply.length - 8
  for (let bytes = 0; bytes < clusterIdEnds; bytes++) expect(decodeMetadata(reply.subarray(0, bytes))).toBeUndefined()
  expect(decodeMetadata(reply)).toEqual({ clusterId: 'the-cluster', brokers: 1 })
})
