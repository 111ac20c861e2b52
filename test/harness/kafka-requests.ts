import type { Split, Way } from './tcp-gate.ts'

/** Requests of Kafka's protocol that faults are timed by, by their key. */
const names: Readonly<Record<number, string>> = {
  0: 'Produce',
  1: 'Fetch',
  2: 'ListOffsets',
  3: 'Metadata',
  8: 'OffsetCommit',
  9: 'OffsetFetch',
  11: 'JoinGroup',
  12: 'Heartbeat',
  13: 'LeaveGroup',
  14: 'SyncGroup',
}

/**
 * Cuts a connection to a broker into whole requests and answers, each named by its client and kind: `bina-sink-worker OffsetCommit`.
 * Every message is a length of four bytes and its content. A request begins with key, version, correlation id and client id; an answer with
 * the correlation id of its request.
 */
export function splitKafka(): Split {
  const rest: Record<Way, Buffer> = { up: Buffer.alloc(0), down: Buffer.alloc(0) }
  const asked = new Map<number, string>()
  const nameOf = (way: Way, message: Buffer): string => {
    if (way === 'down') {
      const correlation = message.readInt32BE(4)
      const name = asked.get(correlation) ?? ''
      asked.delete(correlation)
      return name
    }
    const clientBytes = message.readInt16BE(12)
    const client = clientBytes < 0 ? '' : message.toString('utf8', 14, 14 + clientBytes)
    const key = message.readInt16BE(4)
    const name = `${client} ${names[key] ?? key}`
    asked.set(message.readInt32BE(8), name)
    return name
  }
  return (way, bytes) => {
    let left = rest[way].length === 0 ? bytes : Buffer.concat([rest[way], bytes])
    const whole: { bytes: Buffer; name: string }[] = []
    while (left.length >= 4 && left.length >= 4 + left.readInt32BE(0)) {
      const message = left.subarray(0, 4 + left.readInt32BE(0))
      left = left.subarray(message.length)
      whole.push({ bytes: message, name: nameOf(way, message) })
    }
    rest[way] = left
    return whole
  }
}
