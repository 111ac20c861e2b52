import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allKey, assigned, createTestDoor } from './test-door.ts'

const { app, sink } = createTestDoor()
let port = 0

beforeAll(async () => {
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  port = Number(address.port)
})
afterAll(() => app.close())

/** What the door answers to bytes as they are. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const body = JSON.stringify(assigned('smuggled'))
const head = (...lines: readonly string[]) =>
  [
    'POST /v1/events HTTP/1.1',
    'Host: door',
    `Authorization: Bearer ${allKey}`,
    'Content-Type: application/cloudevents+json',
    ...lines,
    '',
    '',
  ].join('\r\n')

test('a request that says its length in two ways is not read in either', async () => {
  const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
  for (const text of [
    head(`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked') + chunked,
    head('Content-Length: 5', `Content-Length: ${body.length}`) + body,
    head('Transfer-Encoding: chunked, identity') + chunked,
    head(`Content-Length : ${body.length}`) + body,
    head('X-Note: a\nce-source: urn:test:hr', `Content-Length: ${body.length}`) + body,
  ]) {
    const answer = await send(text)
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/)
    expect(answer).toContain('"code":"bad_request"')
  }
  expect(sink.kept).toEqual([])
})

test('a CloudEvents header that stands twice on the wire is refused, also in another case', async () => {
  const data = JSON.stringify({ complaintId: 'c-1', unitId: '16.71.05', ruledBy: 'coordinator' })
  const lines = [
    'ce-specversion: 1.0',
    'ce-id: 1',
    'ce-type: bina.complaint.assigned.v1',
    'ce-subject: c-1',
    'ce-time: 2026-05-04T09:00:00+07:00',
  ]
  const text =
    head(
      ...lines,
      'ce-source: urn:test:all',
      'CE-Source: urn:test:hr',
      `Content-Length: ${data.length}`,
      'Connection: close',
    ) + data
  expect(await send(text.replace('cloudevents+json', 'json'))).toContain('"code":"header_repeated"')
  expect(sink.kept).toEqual([])
})

test('a plain request on the same wire is accepted', async () => {
  expect(await send(head(`Content-Length: ${body.length}`, 'Connection: close') + body)).toMatch(/^HTTP\/1\.1 202 /)
})

test('what is not HTTP gets an answer and no crash', async () => {
  expect(await send('\x16\x03\x01\x02\x00\x01\x00')).toContain('"code":"bad_request"')
  expect((await app.inject('/livez')).statusCode).toBe(200)
})
