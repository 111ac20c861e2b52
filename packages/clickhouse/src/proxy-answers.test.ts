import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { isPassingClickHouseError } from './clickhouse-error.ts'
import { connectClickHouse } from './connect.ts'
import { createIngestLog } from './ingest-log.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'
import { settledPunch } from './test-punch.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function clientOf(server: Server | HttpServer) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined) // it is cut on purpose
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const client = connectClickHouse({
    url: `http://127.0.0.1:${address.port}/bina`,
    user: 'default',
    password: '',
    application: 'bina-test',
  })
  closing.push(() => client.close())
  return client
}

/** All ways in which a worker speaks to ClickHouse, and what it gets for an answer. */
async function answersTo(client: Awaited<ReturnType<typeof clientOf>>, rows: number): Promise<readonly unknown[]> {
  const store = async () => {
    const batch = createIngestLog(client).begin()
    for (let offset = 0; offset < rows; offset++) batch.add(settledPunch(offset))
    await batch.settle()
  }
  const ways = [
    store,
    () => insertRows(client, 'ingest_empty', [{ topic: 'bina.attendance.v1', partition: 3 }]),
    () => selectRows(client, 'SELECT 1'),
  ]
  const answers: unknown[] = []
  for (const way of ways)
    answers.push(
      await way().then(
        () => 'no error',
        (error: unknown) => error,
      ),
    )
  return answers
}

const proxy = (status: number, body: string) =>
  createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(status, { 'content-type': 'text/html' })
      response.end(body)
    })
  })

describe('a proxy whose ClickHouse does not answer', () => {
  it.each([
    [
      502,
      '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n',
    ],
    [
      503,
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>',
    ],
    [
      503,
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503 Service Unavailable</title>\n</head></html>',
    ],
    [504, '<html><head><title>504 Gateway Time-out</title></head></html>'],
    [502, 'Bad Gateway'],
    [503, 'no healthy upstream'],
    [
      503,
      'upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: delayed connect error: 111',
    ],
    [504, 'upstream request timeout'],
    [502, ''],
  ])('passes: %i %j', async (status, body) => {
    const answers = await answersTo(await clientOf(proxy(status, body)), 3)
    expect(answers.filter((answer) => !(answer instanceof Error && answer.message === body))).toEqual([])
    expect(answers.map(isPassingClickHouseError)).toEqual([true, true, true])
  })

  it.each([
    [403, '<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>'],
    [404, '<html><head><title>404 Not Found</title></head><body>No page 502 here</body></html>'],
    [413, '<html><head><title>413 Request Entity Too Large</title></head></html>'],
    [
      500,
      'Code: 60. DB::Exception: Table bina.`503 Service Unavailable` does not exist. (UNKNOWN_TABLE) (version 26.7.2.1)',
    ],
    [500, 'Code: 516. DB::Exception: default: Authentication failed: <title>502</title> (AUTHENTICATION_FAILED)'],
  ])('but not what refuses us: %i %j', async (status, body) => {
    const answers = await answersTo(await clientOf(proxy(status, body)), 3)
    expect(answers.map((answer) => answer instanceof Error)).toEqual([true, true, true])
    expect(answers.map(isPassingClickHouseError)).toEqual([false, false, false])
  })

  it('passes when it begins an answer while rows are still coming, and breaks off', async () => {
    const server = createTcpServer((socket) => {
      socket.once('data', () => {
        // What it does not read does not arrive: the rows cannot all be sent before the answer breaks off.
        socket.pause()
        socket.write('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 1000\r\n\r\nCode', () => socket.end())
      })
    })
    const answers = await answersTo(await clientOf(server), 60_000)
    expect(answers[0]).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' })
    expect(answers.map(isPassingClickHouseError)).toEqual([true, true, true])
  })
})
