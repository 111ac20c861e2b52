import { createRequire } from 'node:module'

// kafkajs reads each record of a fetch through a dozen small objects and several BigInts: more time than all that the sink does with it
// afterwards. Here the same is read straight from the bytes. Only of kafkajs's exact version that package.json names: its insides are no
// interface, so a test holds every answer against kafkajs's own.

interface Decoder {
  readonly buffer: Buffer
  offset: number
  readInt16(): number
  readInt32(): number
  readInt64(): bigint
  readString(): string | null
  readArray<T>(read: (decoder: Decoder) => T): T[]
  readArrayAsync<T>(read: (decoder: Decoder) => Promise<T>): Promise<T[]>
}

interface FetchResponse {
  decode(rawData: Buffer): Promise<unknown>
}

const insides = createRequire(import.meta.url)
const DecoderClass = insides('kafkajs/src/protocol/decoder') as new (buffer: Buffer) => Decoder
const fetchResponse = insides('kafkajs/src/protocol/requests/fetch/v11/response') as FetchResponse
const decodeMessages = insides('kafkajs/src/protocol/requests/fetch/v4/decodeMessages') as (
  decoder: Decoder,
) => Promise<unknown[]>
const ownDecode = fetchResponse.decode

/** Lets every consumer of this process read fetches the quick way. */
export function registerQuickFetch(): void {
  fetchResponse.decode = decodeFetch
}

/** As kafkajs reads it. */
export const decodeFetchSlowly = (rawData: Buffer): Promise<unknown> => ownDecode(rawData)

/** A fetch response, version 11. */
export async function decodeFetch(rawData: Buffer): Promise<unknown> {
  const decoder = new DecoderClass(rawData)
  const clientSideThrottleTime = decoder.readInt32()
  const errorCode = decoder.readInt16()
  const sessionId = decoder.readInt32()
  const responses = await decoder.readArrayAsync(async (topic) => ({
    topicName: topic.readString(),
    partitions: await topic.readArrayAsync(async (partition) => ({
      partition: partition.readInt32(),
      errorCode: partition.readInt16(),
      highWatermark: partition.readInt64().toString(),
      lastStableOffset: partition.readInt64().toString(),
      lastStartOffset: partition.readInt64().toString(),
      abortedTransactions: partition.readArray((aborted) => ({
        producerId: aborted.readInt64().toString(),
        firstOffset: aborted.readInt64().toString(),
      })),
      preferredReadReplica: partition.readInt32(),
      messages: decodePlainBatches(partition) ?? (await decodeMessages(partition)),
    })),
  }))
  // The throttle time is kafkajs's to keep on its side: it calls it so, and the other one 0.
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses }
}

const magicAt = 16
const attributesAt = 21
const recordsAt = 61
const codecMask = 0x7
const logAppendTime = 0x8
const transactional = 0x10
const control = 0x20

/** The messages of a record set that is made of whole batches of today's format without compression; undefined, and nothing is read, for
 *  all else, which kafkajs reads. */
function decodePlainBatches(decoder: Decoder): unknown[] | undefined {
  const { buffer } = decoder
  const start = decoder.offset + 4
  const end = start + buffer.readInt32BE(decoder.offset)
  if (end <= start || end > buffer.length) return undefined
  const ends: number[] = []
  for (let at = start; at < end; at = ends.at(-1) ?? end) {
    // The last batch may be cut short.
    if (at + recordsAt > end) break
    const batchEnd = at + 12 + buffer.readInt32BE(at + 8)
    if (buffer[at + magicAt] !== 2 || ((buffer[at + attributesAt + 1] ?? 0) & codecMask) !== 0) return undefined
    if (batchEnd > end) break
    ends.push(batchEnd)
  }
  const messages: unknown[] = []
  let at = start
  for (const batchEnd of ends) {
    decodeBatch(buffer, at, messages)
    at = batchEnd
  }
  decoder.offset = end
  return messages
}

function decodeBatch(buffer: Buffer, start: number, to: unknown[]): void {
  const attributes = buffer.readInt16BE(start + attributesAt)
  const firstOffset = buffer.readBigInt64BE(start)
  const firstTimestamp = buffer.readBigInt64BE(start + 27)
  const maxTimestamp = buffer.readBigInt64BE(start + 35).toString()
  const isAppendTime = (attributes & logAppendTime) !== 0
  const isControlBatch = (attributes & control) !== 0
  const batchContext = {
    firstOffset: firstOffset.toString(),
    firstTimestamp: firstTimestamp.toString(),
    partitionLeaderEpoch: buffer.readInt32BE(start + 12),
    inTransaction: (attributes & transactional) !== 0,
    isControlBatch,
    lastOffsetDelta: buffer.readInt32BE(start + 23),
    producerId: buffer.readBigInt64BE(start + 43).toString(),
    producerEpoch: buffer.readInt16BE(start + 51),
    firstSequence: buffer.readInt32BE(start + 53),
    maxTimestamp,
    timestampType: isAppendTime ? 1 : 0,
    magicByte: 2,
  }
  // Whole numbers below 2^53, as offsets and milliseconds are for some hundred thousand years.
  const [offset0, timestamp0] = [Number(firstOffset), Number(firstTimestamp)]
  const count = buffer.readInt32BE(start + 57)
  const records = new RecordReader(buffer, start + recordsAt)
  let timestampText = ''
  let timestampOfText = Number.NaN
  for (let read = 0; read < count; read++) {
    const end = records.varint() + records.at
    const recordAttributes = records.byte()
    const timestamp = timestamp0 + records.varint()
    if (timestamp !== timestampOfText) {
      timestampOfText = timestamp
      timestampText = String(timestamp)
    }
    const offset = String(offset0 + records.varint())
    const key = records.bytes()
    const value = records.bytes()
    const headers = records.headers(end)
    records.at = end
    to.push({
      magicByte: 2,
      attributes: recordAttributes,
      timestamp: isAppendTime ? maxTimestamp : timestampText,
      offset,
      key,
      value,
      headers,
      isControlRecord: isControlBatch,
      batchContext,
    })
  }
}

type Headers = Record<string, Buffer | null | (Buffer | null)[]>

class RecordReader {
  at: number
  readonly #buffer: Buffer
  #headersStart = 0
  #headersLength = -1
  #headers: Headers = {}

  constructor(buffer: Buffer, at: number) {
    this.#buffer = buffer
    this.at = at
  }

  byte(): number {
    return this.#buffer.readInt8(this.at++)
  }

  /** Zigzag: 0, -1, 1, -2, ... A whole number of up to 53 bits. */
  varint(): number {
    const buffer = this.#buffer
    let byte = buffer[this.at++] as number
    if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1)
    let value = byte & 0x7f
    let scale = 0x80
    do {
      byte = buffer[this.at++] as number
      value += (byte & 0x7f) * scale
      scale *= 0x80
    } while (byte >= 0x80)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  bytes(): Buffer | null {
    const length = this.varint()
    if (length < 0) return null
    const start = this.at
    this.at += length
    return this.#buffer.subarray(start, this.at)
  }

  /** Up to the record's end. The same bytes as the record before has them are the same headers, which saves nearly all. */
  headers(end: number): Headers {
    const start = this.at
    const length = end - start
    if (length !== this.#headersLength || !this.#isAsBefore(start, length)) {
      this.#headers = this.#readHeaders()
      this.#headersStart = start
      this.#headersLength = length
    }
    return this.#headers
  }

  #isAsBefore(start: number, length: number): boolean {
    const buffer = this.#buffer
    const before = this.#headersStart
    for (let at = 0; at < length; at++) if (buffer[start + at] !== buffer[before + at]) return false
    return true
  }

  #readHeaders(): Headers {
    const headers: Headers = {}
    const count = this.varint()
    for (let read = 0; read < count; read++) {
      const name = this.bytes()?.toString('utf8') ?? 'null'
      const value = this.bytes()
      const before = Object.hasOwn(headers, name) ? headers[name] : undefined
      const all = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
      // A header may be called anything, `__proto__` too.
      Object.defineProperty(headers, name, { value: all, enumerable: true, configurable: true, writable: true })
    }
    return headers
  }
}
