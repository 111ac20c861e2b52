import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** `up`: from the client to the server; `down`: its answers. */
export type Way = 'up' | 'down'

/** Bytes that came in one go, or one whole message where the gate is told how to split. */
export interface Piece {
  readonly way: Way
  /** Counts from 1 in the order in which connections were taken. */
  readonly connection: number
  readonly bytes: Buffer
  /** What the splitter calls it; empty without one. */
  readonly name: string
}

/** Cuts the bytes of one way into whole messages; keeps what is not whole yet. One is made for each connection. */
export type Split = (way: Way, bytes: Buffer) => readonly { readonly bytes: Buffer; readonly name: string }[]

export interface Hold {
  /** The piece that waits at the gate; what comes behind it on its way and connection waits, too. Rejects when `release` came first. */
  readonly caught: Promise<Piece>
  /** Lets it pass, or stops looking for it. */
  release(): void
}

export interface TcpGate {
  readonly port: number
  /** Passed since the start. */
  readonly bytes: Readonly<Record<Way, number>>
  /** Connections taken since the start. */
  readonly taken: number
  /** Pieces that waited because of `delay`, and for how long in all. */
  readonly delayed: Readonly<Record<Way, { readonly pieces: number; readonly ms: number }>>
  /** Holds the first piece that fits, before the other side has any of it. The condition sees every piece of every connection in turn. */
  holdNext(fits: (piece: Piece) => boolean): Hold
  /** Lets the first bytes of the first piece that fits through, and cuts its connection. Resolves when that happened. */
  truncateNext(fits: (piece: Piece) => boolean, firstBytes: number): Promise<Piece>
  /** Every piece of this way waits so long from now on; 0 ends it. */
  delay(way: Way, ms: number): void
  /** Resets every connection, as a cable that is pulled out does. */
  cut(): void
  /** While shut, it resets who comes. */
  shut(): void
  open(): void
  close(): Promise<void>
}

interface Watch {
  readonly fits: (piece: Piece) => boolean
  /** False when the connection was cut and the piece must not pass. */
  readonly pass: (piece: Piece, connection: Connection) => Promise<boolean>
}

interface Connection {
  readonly number: number
  readonly client: Socket
  readonly server: Socket
}

/** A gate on a free port of 127.0.0.1 before a server there: it lets everything through until it is told otherwise. */
export async function startTcpGate(
  target: { readonly port: number },
  options: { readonly split?: () => Split } = {},
): Promise<TcpGate> {
  const bytes = { up: 0, down: 0 }
  const delayMs = { up: 0, down: 0 }
  const delayed = { up: { pieces: 0, ms: 0 }, down: { pieces: 0, ms: 0 } }
  const connections = new Set<Connection>()
  const watches = new Set<Watch>()
  let taken = 0
  let isOpen = true

  const reset = ({ client, server }: Connection) => {
    client.resetAndDestroy()
    server.resetAndDestroy()
  }
  const carry = async (way: Way, connection: Connection, split: Split) => {
    const [from, to] = way === 'up' ? [connection.client, connection.server] : [connection.server, connection.client]
    for await (const chunk of from) {
      for (const part of split(way, chunk as Buffer)) {
        const piece: Piece = { ...part, way, connection: connection.number }
        if (delayMs[way] > 0) {
          const sinceMs = performance.now()
          await wait(delayMs[way])
          delayed[way].pieces++
          delayed[way].ms += performance.now() - sinceMs
        }
        for (const watch of watches) {
          if (watch.fits(piece) && !(await watch.pass(piece, connection))) return
        }
        bytes[way] += piece.bytes.length
        if (!to.destroyed && !to.write(piece.bytes)) await drained(to)
      }
    }
    to.end()
  }
  const take = (client: Socket) => {
    if (!isOpen) {
      client.resetAndDestroy()
      return
    }
    const server = dial({ host: '127.0.0.1', port: target.port, noDelay: true })
    client.setNoDelay(true)
    const connection = { number: ++taken, client, server }
    connections.add(connection)
    for (const end of [client, server]) {
      end.on('error', () => reset(connection)) // what one side loses, the other is to lose as well
      end.on('close', () => connections.delete(connection))
    }
    const split = options.split?.() ?? wholeChunks
    for (const way of ['up', 'down'] as const) carry(way, connection, split).catch(() => reset(connection))
  }
  const server = createServer({ pauseOnConnect: false }, take)
  const port = await listen(server)

  return {
    port,
    bytes,
    delayed,
    get taken() {
      return taken
    },
    holdNext: (fits) => {
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const caught = new Promise<Piece>((resolve, reject) => {
        const watch: Watch = {
          fits,
          pass: async (piece) => {
            watches.delete(watch)
            resolve(piece)
            await released
            return true
          },
        }
        watches.add(watch)
        released.then(() => {
          watches.delete(watch)
          reject(new Error('the hold was released before anything was caught'))
        })
      })
      caught.catch(() => {}) // whoever released it may not have asked
      return { caught, release }
    },
    truncateNext: (fits, firstBytes) =>
      new Promise((resolve) => {
        const watch: Watch = {
          fits,
          pass: async (piece, connection) => {
            watches.delete(watch)
            const to = piece.way === 'up' ? connection.server : connection.client
            await new Promise<void>((written) => to.write(piece.bytes.subarray(0, firstBytes), () => written()))
            reset(connection)
            resolve(piece)
            return false
          },
        }
        watches.add(watch)
      }),
    delay: (way, ms) => {
      delayMs[way] = ms
    },
    cut: () => {
      for (const connection of connections) reset(connection)
    },
    shut: () => {
      isOpen = false
    },
    open: () => {
      isOpen = true
    },
    close: async () => {
      for (const connection of connections) reset(connection)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const wholeChunks: Split = (_, bytes) => [{ bytes, name: '' }]

const drained = (socket: Socket) =>
  new Promise<void>((resolve) => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.once('drain', done)
    socket.once('close', done)
  })

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the gate has no port'))
      else resolve(address.port)
    })
  })
}
