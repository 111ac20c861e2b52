import type { ServiceEvent } from '@bina/events/service-event'
import { expect, it } from 'vitest'
import { makeEvent } from './event-maker.ts'
import { publishOrder } from './publish-order.ts'

const city = { source: '/s', zone: 'Asia/Jakarta' }
const events = Array.from({ length: 5_000 }, (_, n) =>
  makeEvent(city, `resumed-${n}`, n * 60_000, {
    type: 'bina.complaint.resumed.v1',
    subject: 'c-1',
    data: { complaintId: 'c-1' },
  }),
)
const ids = (order: Iterable<ServiceEvent>) => [...order].map((event) => event.id)

it('nothing is lost, and a repeat is the same event', () => {
  const order = [...publishOrder(events, { seed: 1, repeatShare: 0.02, lateShare: 0.05 })]
  expect(new Set(order)).toEqual(new Set(events))
  expect(order.length).toBeGreaterThan(5_050)
  expect(order.length).toBeLessThan(5_150)
})

it('most events come in time, some late, by no more than was said', () => {
  const order = ids(publishOrder(events, { seed: 1, repeatShare: 0, lateShare: 0.05, lateByEvents: 100 }))
  const delays = order.map((id, index) => index - Number(id.slice('resumed-'.length)))
  const late = delays.filter((delay) => delay > 20)
  expect(late.length).toBeGreaterThan(150)
  expect(late.length).toBeLessThan(350)
  expect(Math.max(...delays)).toBeLessThanOrEqual(101)
})

it('without repeats and late events the order is that of the world', () => {
  expect(ids(publishOrder(events, { seed: 1, repeatShare: 0, lateShare: 0 }))).toEqual(ids(events))
})

it('shuffled, every event is there in an order of its own for each seed', () => {
  const shuffled = ids(publishOrder(events, { seed: 1, shuffle: true, repeatShare: 0 }))
  expect(shuffled).not.toEqual(ids(events))
  expect([...shuffled].sort()).toEqual(ids(events).sort())
  expect(ids(publishOrder(events, { seed: 1, shuffle: true, repeatShare: 0 }))).toEqual(shuffled)
  expect(ids(publishOrder(events, { seed: 2, shuffle: true, repeatShare: 0 }))).not.toEqual(shuffled)
})
