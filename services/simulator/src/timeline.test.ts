import { expect, it } from 'vitest'
import { makeEvent } from './event-maker.ts'
import { createTimeline } from './timeline.ts'

const dayMs = 86_400_000
const event = (id: string, atMs: number) =>
  makeEvent({ source: '/s', zone: 'UTC' }, id, atMs, {
    type: 'bina.complaint.resumed.v1',
    subject: 'c-1',
    data: { complaintId: 'c-1' },
  })
const week = () => createTimeline({ startMs: 0, endMs: 7 * dayMs })
const ids = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id)

it('events come out in order of time, those of one instant in order of id', () => {
  const timeline = week()
  for (const [id, atMs] of [
    ['c', 5_000],
    ['b', 2_000],
    ['a', 5_000],
  ] as const)
    timeline.add(event(id, atMs))
  expect(ids(timeline.takeBefore(dayMs))).toEqual(['b', 'a', 'c'])
})

it('a day ends where it is said to end, also when clocks change', () => {
  const timeline = week()
  for (const hour of [22, 23, 24]) timeline.add(event(`at-${hour}`, hour * 3_600_000))
  expect(ids(timeline.takeBefore(23 * 3_600_000))).toEqual(['at-22'])
  expect(ids(timeline.takeBefore(48 * 3_600_000))).toEqual(['at-23', 'at-24'])
})

it('what falls after the simulated weeks is never told', () => {
  const timeline = week()
  timeline.add(event('last second', 7 * dayMs - 1_000))
  timeline.add(event('too late', 7 * dayMs))
  expect(ids(timeline.takeBefore(9 * dayMs))).toEqual(['last second'])
})

it('nothing can be added to a day that was told', () => {
  const timeline = week()
  timeline.takeBefore(dayMs)
  expect(() => timeline.add(event('yesterday', dayMs - 1_000))).toThrow(RangeError)
})
