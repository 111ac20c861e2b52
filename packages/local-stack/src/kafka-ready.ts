import { connect } from 'node:net'

const METADATA_KEY = 3
const METADATA_VERSION = 2
const CORRELATION_ID = 1
/** A reply larger than this is not a broker's: some other server listens there. */
const MAX_REPLY_BYTES = 1024 * 1024

export interface KafkaState {
  readonly clusterId: string | undefined
  /** Brokers that take requests; a broker that has only just begun to listen does not count yet. */
  readonly brokers: number
}

/** Asks a port for Kafka's metadata, without a client library. Undefined: nobody answers there in time, or not in Kafka's words. */
export function askKafka(port: number, timeoutMs: number): Promise<KafkaState | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    let received = Buffer.alloc(0)
    const finish = (state: KafkaState | undefined) => {
      socket.destroy()
      resolve(state)
    }
    socket.setTimeout(timeoutMs, () => finish(undefined))
    socket.once('error', () => finish(undefined))
    socket.once('close', () => finish(undefined))
    socket.once('connect', () => socket.write(metadataRequest()))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (received.length < 4) return
      const bytes = received.readInt32BE(0)
      if (bytes < 4 || bytes > MAX_REPLY_BYTES) finish(undefined)
      else if (received.length >= 4 + bytes) finish(decodeMetadata(received.subarray(4, 4 + bytes)))
    })
  })
}

/** Metadata request, version 2, about no topic: size, key, version, correlation id, null client id, empty array. */
export function metadataRequest(): Buffer {
  const request = Buffer.alloc(18)
  request.writeInt32BE(14, 0)
  request.writeInt16BE(METADATA_KEY, 4)
  request.writeInt16BE(METADATA_VERSION, 6)
  request.writeInt32BE(CORRELATION_ID, 8)
  request.writeInt16BE(-1, 12)
  request.writeInt32BE(0, 14)
  return request
}

/** The part of the reply that matters: correlation id, brokers (id, host, port, rack), cluster id. */
export function decodeMetadata(reply: Buffer): KafkaState | undefined {
  try {
    let at = 0
    const int32 = () => {
      at += 4
      return reply.readInt32BE(at - 4)
    }
    const text = () => {
      const length = reply.readInt16BE(at)
      at += 2
      if (length < 0) return undefined
      if (at + length > reply.length) throw new RangeError('text beyond the reply')
      at += length
      return reply.toString('utf8', at - length, at)
    }
    if (int32() !== CORRELATION_ID) return undefined
    const brokers = int32()
    for (let n = 0; n < brokers; n++) {
      int32()
      text()
      int32()
      text()
    }
    return { clusterId: text(), brokers }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
