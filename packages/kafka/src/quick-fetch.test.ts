import { createRequire } from 'node:module'
import fc from 'fast-check'
import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { decodeFetch, decodeFetchSlowly } from './quick-fetch.ts'

interface Encoder {
  readonly buffer: Buffer
  writeInt8(value: number): Encoder
  writeInt16(value: number): Encoder
  writeInt32(value: number): Encoder
  writeInt64(value: bigint | number): Encoder
  writeString(text: string): Encoder
  writeBuffer(bytes: Buffer): Encoder
}

const insides = createRequire(import.meta.url)
const EncoderClass = insides('kafkajs/src/protocol/encoder') as new () => Encoder
const { RecordBatch: recordBatch } = insides('kafkajs/src/protocol/recordBatch/v0') as {
  readonly RecordBatch: (batch: object) => Promise<Encoder>
}
const record = insides('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => Encoder

interface Batch {
  readonly firstOffset: number
  readonly firstTimestamp: number
  readonly transactional: boolean
  readonly compression: number
  readonly appendTime: boolean
  readonly control: boolean
  readonly records: readonly {
    readonly offsetDelta: number
    readonly timestampDelta: number
    readonly key: Buffer | null
    readonly value: Buffer | null
    readonly headers: Readonly<Record<string, string | Buffer | string[]>>
  }[]
}

async function bytesOf({ appendTime, control, ...batch }: Batch): Promise<Buffer> {
  const bytes = (
    await recordBatch({
      ...batch,
      maxTimestamp: batch.firstTimestamp + 5_000,
      lastOffsetDelta: batch.records.length,
      producerId: 7,
      producerEpoch: 2,
      firstSequence: 3,
      records: batch.records.map((one) => record(one)),
    })
  ).buffer
  bytes.writeInt16BE(bytes.readInt16BE(21) | (appendTime ? 0x8 : 0) | (control ? 0x20 : 0), 21)
  return bytes
}

function response(recordSets: readonly Buffer[]): Buffer {
  const encoder = new EncoderClass().writeInt32(12).writeInt16(0).writeInt32(99).writeInt32(1).writeString('t')
  encoder.writeInt32(recordSets.length)
  for (const [partition, records] of recordSets.entries()) {
    encoder.writeInt32(partition).writeInt16(0).writeInt64(100).writeInt64(99).writeInt64(0)
    encoder.writeInt32(1).writeInt64(7).writeInt64(1)
    encoder.writeInt32(-1).writeInt32(records.length).writeBuffer(records)
  }
  return encoder.buffer
}

async function expectTheSame(recordSets: readonly Buffer[]) {
  const raw = response(recordSets)
  expect(await decodeFetch(raw)).toEqual(await decodeFetchSlowly(raw))
}

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array))
// kafkajs takes a header called `toString` for one that was given twice, the first time as what every object has.
const headerName = fc.string({ maxLength: 10 }).filter((name) => !(name in {}))
const headers = fc.oneof(
  fc.constant({ 'content-type': 'application/cloudevents+json' }),
  fc.dictionary(
    headerName,
    fc.oneof(fc.string({ maxLength: 200 }), fc.array(fc.string(), { minLength: 2, maxLength: 3 })),
    {
      noNullPrototype: true,
      maxKeys: 3,
    },
  ),
)
const batch = fc.record({
  firstOffset: fc.nat(),
  firstTimestamp: fc.integer({ min: 1_500_000_000_000, max: 2_500_000_000_000 }),
  transactional: fc.boolean(),
  compression: fc.constantFrom(
    kafkajs.CompressionTypes.None,
    kafkajs.CompressionTypes.None,
    kafkajs.CompressionTypes.GZIP,
  ),
  appendTime: fc.boolean(),
  control: fc.boolean(),
  records: fc.array(
    fc.record({
      offsetDelta: fc.nat(2_000_000),
      timestampDelta: fc.integer({ min: -86_400_000, max: 86_400_000 }),
      key: fc.option(bytes(200)),
      value: fc.option(bytes(400)),
      headers,
    }),
    { maxLength: 6 },
  ),
})

test('a fetch is read as kafkajs itself reads it: keys, values, headers given twice, times, marks, transactions, packed batches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(batch, { maxLength: 3 }), { maxLength: 3 }), async (partitions) => {
      const recordSets = await Promise.all(
        partitions.map(async (batches) => Buffer.concat(await Promise.all(batches.map(bytesOf)))),
      )
      await expectTheSame(recordSets)
    }),
  )
})

test('a last batch that the broker has cut short is left for the next fetch, wherever the cut is', async () => {
  const plain: Batch = {
    firstOffset: 5,
    firstTimestamp: 1_700_000_000_000,
    transactional: false,
    compression: 0,
    appendTime: false,
    control: false,
    records: [1, 2].map((offsetDelta) => ({
      offsetDelta,
      timestampDelta: 3,
      key: Buffer.from('k'),
      value: Buffer.from('v'.repeat(40)),
      headers: { h: 'x' },
    })),
  }
  const whole = await bytesOf(plain)
  for (let cut = 1; cut < whole.length; cut++) {
    await expectTheSame([Buffer.concat([whole, whole.subarray(0, whole.length - cut)])])
  }
})
