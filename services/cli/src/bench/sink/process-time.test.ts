import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { coreSecondsIn, coreSecondsOf, listeningInodes, processListeningOn } from './process-time.ts'

it("a process's time is that of its user and system fields, whatever its name is", () => {
  const stat = '4711 (a (b) c d) S 1 4711 4711 0 -1 4194560 9 0 0 0 1234 66 7 8 20 0 11 0 100 1 2'
  expect(coreSecondsIn(stat)).toBe(13)
})

it('who listens on a port is found by its socket, not by one that is connected to the port', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:2384 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 1 0 100 0 0 10 0',
    '   1: 0100007F:2384 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 31338 1 0 100 0 0 10 0',
    '   2: 0100007F:2385 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31339 1 0 100 0 0 10 0',
  ].join('\n')
  expect(listeningInodes(table, 9092)).toEqual(['31337'])
})

it.runIf(process.platform === 'linux')(
  'this process is found by a port of its own, and has used some time',
  async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(processListeningOn(port)).toBe(process.pid)
    await new Promise((resolve) => server.close(resolve))
    expect(processListeningOn(port)).toBeUndefined()
    expect(coreSecondsOf(process.pid)).toBeGreaterThan(0)
    expect(coreSecondsOf(2 ** 30)).toBeUndefined()
  },
)
