import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { splitKafka } from './kafka-requests.ts'
import { startTcpGate, type TcpGate } from './tcp-gate.ts'

describe('a gate between a worker and a server', () => {
  let gate: TcpGate
  let received: string
  let atServer: (connection: Socket) => void
  const ends: (() => void)[] = []

  beforeEach(async () => {
    received = ''
    atServer = (connection) =>
      connection.on('data', (bytes) => {
        received += bytes
        connection.write(`echo ${bytes}`)
      })
    const server = createServer((connection) => {
      connection.on('error', () => {})
      atServer(connection)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    gate = await startTcpGate({ port: typeof address === 'object' ? (address?.port ?? 0) : 0 })
    ends.push(() => server.close())
  })

  afterEach(async () => {
    await gate.close()
    for (const end of ends.splice(0)) end()
  })

  const worker = async () => {
    const socket = connect(gate.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.on('error', () => {}) // told to whoever waits for it
    return socket
  }
  const heard = async (socket: Socket) => String((await once(socket, 'data'))[0])

  it('passes bytes both ways and counts them', async () => {
    const socket = await worker()
    socket.write('hello')
    expect(await heard(socket)).toBe('echo hello')
    expect([gate.bytes.up, gate.bytes.down, gate.taken]).toEqual([5, 10, 1])
  })

  it('holds an answer until it is told to let it pass', async () => {
    const socket = await worker()
    const hold = gate.holdNext(({ way }) => way === 'down')
    socket.write('hello')
    expect(String((await hold.caught).bytes)).toBe('echo hello')
    expect([received, gate.bytes.down]).toEqual(['hello', 0])
    hold.release()
    expect(await heard(socket)).toBe('echo hello')
  })

  it('holds what is asked before the server has any of it, on that connection alone', async () => {
    const [one, other] = [await worker(), await worker()]
    const hold = gate.holdNext(({ way, bytes }) => way === 'up' && String(bytes) === 'insert')
    one.write('insert')
    await hold.caught
    other.write('select')
    expect(await heard(other)).toBe('echo select')
    expect(received).toBe('select')
    hold.release()
    expect(await heard(one)).toBe('echo insert')
  })

  it('does not hold what comes after the wish was taken back', async () => {
    const socket = await worker()
    const hold = gate.holdNext(() => true)
    hold.release()
    await expect(hold.caught).rejects.toThrow('released')
    socket.write('hello')
    expect(await heard(socket)).toBe('echo hello')
  })

  it('lets the first bytes through and cuts: the server has half a request, the worker no answer', async () => {
    const atEnd = new Promise<void>((resolve) => {
      atServer = (connection) => {
        connection.on('data', (bytes) => {
          received += bytes
        })
        connection.on('close', () => resolve())
      }
    })
    const socket = await worker()
    const cut = gate.truncateNext(({ way }) => way === 'up', 3)
    const end = once(socket, 'error')
    socket.write('insert')
    expect(String((await cut).bytes)).toBe('insert')
    expect((await end)[0]).toMatchObject({ code: 'ECONNRESET' })
    await atEnd
    expect(received).toBe('ins')
  })

  it('resets open connections when it is cut, and new ones while it is shut', async () => {
    const socket = await worker()
    socket.write('hello')
    await heard(socket)
    const lost = once(socket, 'error')
    gate.cut()
    expect((await lost)[0]).toMatchObject({ code: 'ECONNRESET' })
    gate.shut()
    const refused = connect(gate.port, '127.0.0.1')
    expect((await once(refused, 'error'))[0]).toMatchObject({ code: 'ECONNRESET' })
    gate.open()
    const again = await worker()
    again.write('hello')
    expect(await heard(again)).toBe('echo hello')
  })

  it('makes the network as slow as it is told', async () => {
    const socket = await worker()
    gate.delay('down', 60)
    const askedMs = performance.now()
    socket.write('hello')
    await heard(socket)
    expect(performance.now() - askedMs).toBeGreaterThanOrEqual(59)
    expect(gate.delayed.up).toEqual({ pieces: 0, ms: 0 })
    expect(gate.delayed.down.pieces).toBe(1)
    expect(gate.delayed.down.ms).toBeGreaterThanOrEqual(59)
  })

  it('names what is asked of a broker, however the bytes are cut, and the answer to it', () => {
    const request = Buffer.alloc(20)
    request.writeInt32BE(16, 0)
    request.writeInt16BE(8, 4)
    request.writeInt32BE(77, 8)
    request.writeInt16BE(4, 12)
    request.write('bina', 14)
    const answer = Buffer.from([0, 0, 0, 5, 0, 0, 0, 77, 1])
    const split = splitKafka()
    expect(split('up', request.subarray(0, 9))).toEqual([])
    expect(split('up', Buffer.concat([request.subarray(9), request.subarray(0, 2)]))).toEqual([
      { bytes: request, name: 'bina OffsetCommit' },
    ])
    expect(split('down', answer)).toEqual([{ bytes: answer, name: 'bina OffsetCommit' }])
  })
})
