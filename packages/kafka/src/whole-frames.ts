import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ISocketFactory } from 'kafkajs'

const lengthBytes = 4
const keepAliveMs = 60_000

/**
 * Keeps back what is not a whole message yet: each has its length in its first four bytes. Answers with the chunks that may go on, cut where a
 * message ends; nothing is copied but a length that came in pieces.
 */
export function createFrameHold(): (chunk: Buffer) => readonly Buffer[] {
  let held: Buffer[] = []
  let heldBytes = 0
  /** Of the message at hand, its length included; undefined until that is known. */
  let wanted: number | undefined
  return (chunk) => {
    const whole: Buffer[] = []
    let left = chunk
    while (left.length > 0) {
      if (wanted === undefined) {
        if (heldBytes + left.length < lengthBytes) break
        const head = heldBytes === 0 ? left : Buffer.concat([...held, left.subarray(0, lengthBytes)])
        wanted = lengthBytes + Math.max(0, head.readInt32BE(0))
      }
      const missing = wanted - heldBytes
      if (left.length < missing) break
      whole.push(...held, left.subarray(0, missing))
      left = left.subarray(missing)
      held = []
      heldBytes = 0
      wanted = undefined
    }
    if (left.length > 0) {
      held.push(left)
      heldBytes += left.length
    }
    return whole
  }
}

/** Has a socket tell of whole messages alone. */
export function withWholeFrames(socket: Socket): Socket {
  const hold = createFrameHold()
  const emit = socket.emit.bind(socket)
  socket.emit = (event: string | symbol, ...given: unknown[]): boolean => {
    if (event !== 'data') return emit(event, ...given)
    for (const chunk of hold(given[0] as Buffer)) emit('data', chunk)
    return true
  }
  return socket
}

/** As kafkajs connects by itself. It keeps half a message of a connection that broke, takes what the next connection brings for the rest, and
 *  the process ends with an exception that nobody can catch; so it never gets half a message. */
export const wholeFrameSockets: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const name = isIP(host) === 0 ? { servername: host } : {}
  const socket = ssl ? connectTls({ host, port, ...name, ...ssl }, onConnect) : connectPlain({ host, port }, onConnect)
  socket.setKeepAlive(true, keepAliveMs)
  return withWholeFrames(socket)
}
