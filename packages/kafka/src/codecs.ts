import { decompress as decompressZstd } from 'fzstd'
import kafkajs from 'kafkajs'
import { compressFrame, decompressFrame } from 'lz4-napi'
import { compress as compressSnappy, uncompress as uncompressSnappy } from 'snappy'

// kafkajs brings gzip alone: a batch that a publisher packed with another codec would stop the consumer for good.

const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const xerialHeaderBytes = 16

/** Java publishers wrap snappy in the xerial framing (8 bytes magic, two int32 versions, then length-prefixed blocks); others send it bare. */
async function decompressSnappy(packed: Buffer): Promise<Buffer> {
  const unpack = async (block: Buffer) => Buffer.from(await uncompressSnappy(block, { asBuffer: true }))
  if (!packed.subarray(0, xerialMagic.length).equals(xerialMagic)) return unpack(packed)
  const blocks: Buffer[] = []
  for (let at = xerialHeaderBytes; at + 4 <= packed.length; ) {
    const size = packed.readInt32BE(at)
    blocks.push(await unpack(packed.subarray(at + 4, at + 4 + size)))
    at += 4 + size
  }
  return Buffer.concat(blocks)
}

/** Makes all five codecs of Kafka readable (none, gzip, snappy, lz4, zstd). kafkajs keeps them in a table of its own. */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: async (encoder: { buffer: Buffer }) => compressSnappy(encoder.buffer),
    decompress: decompressSnappy,
  })
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: async (encoder: { buffer: Buffer }) => compressFrame(encoder.buffer),
    decompress: async (packed: Buffer) => decompressFrame(packed),
  })
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: async () => {
      throw new Error('Bina reads zstd but does not write it: publish with gzip or none')
    },
    decompress: async (packed: Buffer) => Buffer.from(decompressZstd(packed)),
  })
}
