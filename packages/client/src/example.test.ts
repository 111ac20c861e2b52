import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { publishAMorning } from './example.ts'
import { createMemoryTransport } from './memory-transport.ts'
import { personKey } from './person-key.ts'

const secret = 'a secret of at least thirty-two bytes'
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the example of the README runs as it is printed', async () => {
  expect(readme).toContain(readFileSync(new URL('example.ts', import.meta.url), 'utf8').trim())
  const transport = createMemoryTransport()
  const receipts = await publishAMorning(secret, { transport, clock: () => Date.UTC(2026, 4, 4, 3) })
  expect(receipts.map((receipt) => receipt.status)).toEqual(['accepted', 'accepted'])
  expect(transport.events.map((event) => [event.type, event.subject])).toEqual([
    ['bina.attendance.recorded.v1', '16.71.05.1003'],
    ['bina.complaint.received.v1', 'LAPOR-8812345'],
  ])
})

test('the key that the README names is the key', () => {
  expect(readme).toContain(`\`${personKey(secret, '19801231 200501 1 001')}\``)
})
