import { rebuildCity } from '@bina/cli/score/rebuild-city'
import { createWorkCalendar } from '@bina/domain/calendar'
import type { ServiceEvent } from '@bina/events/service-event'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { loadPolicy } from '@bina/runtime/load-policy'
import { simulateCity } from '@bina/simulator/simulate-city'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { cityTables } from '../harness/city-tables.ts'
import { unheldComplaints } from '../harness/unheld-complaints.ts'

const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const zone = 'Asia/Jakarta'
let city: TestCity
let events: readonly ServiceEvent[]

beforeAll(async () => {
  const policy = await loadPolicy('policy')
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const simulated = { seed: 'rebuilt', weeks: 2, lastWeekMonday: '2026-06-08', zone, calendar, source: 'urn:test:city' }
  events = [
    ...simulateCity({ ...simulated, eventsTarget: 6_000 }),
    ...unheldComplaints('2026-05-18', '16.71.05.1003', '16.71.08.1001'),
  ]
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
  })
}, 600_000)

afterAll(() => city?.stop())

function rebuildAll(
  onProgress: (step: string, done: number) => void = () => {},
  signal = new AbortController().signal,
) {
  return rebuildCity(
    { settings: city.settings, zone, cityProfile: 'office_5d' },
    {
      policy: city.policy,
      touches: createTouchPublisher(city.publisher, { topicPrefix: city.topicPrefix }),
      clock: () => nowMs,
      signal,
      onProgress,
    },
  )
}

const publish = async (some: readonly ServiceEvent[]) => {
  for (let at = 0; at < some.length; at += 2_000) await city.publish(some.slice(at, at + 2_000))
}

it('makes the same tables from the events alone, also after a kill and with events coming in meanwhile', async () => {
  const early = events.filter((_, at) => at % 10 !== 0)
  const late = events.filter((_, at) => at % 10 === 0)
  await publish(early)
  await city.settled()
  const before = await cityTables(city)
  expect(before.get('unit_week_score')?.length).toBeGreaterThan(200)

  // Killed in the middle of the person-days, then begun again: it goes on there.
  const kill = new AbortController()
  const first: string[] = []
  await expect(
    rebuildAll((step) => {
      first.push(step)
      if (step === 'day') kill.abort()
    }, kill.signal),
  ).rejects.toThrow('abort')
  const second: string[] = []
  const rebuilt = await rebuildAll((step) => second.push(step))
  expect(second).not.toContain('unit')
  expect(rebuilt.restated).toBe(0)
  await city.settled()
  const after = await cityTables(city)
  for (const [name, rows] of before) expect(after.get(name), name).toEqual(rows)

  // With the rest of the events on their way while it works: all of them count in the end.
  let publishing: Promise<void> | undefined
  await rebuildAll((step) => {
    if (step === 'complaint') publishing ??= publish(late)
  })
  await publishing
  await city.settled()
  const moved = await cityTables(city)
  expect(moved.get('events')).toHaveLength(events.length)
  expect(moved.get('unit_week_score')).not.toEqual(before.get('unit_week_score'))
  await rebuildAll()
  await city.settled()
  const again = await cityTables(city)
  for (const [name, rows] of moved) expect(again.get(name), name).toEqual(rows)
})

it('lets no second rebuild begin while one is at work, and says what to do', async () => {
  const seconds: Promise<unknown>[] = []
  const refused: string[] = []
  await rebuildAll(() => {
    if (seconds.length === 0)
      seconds.push(rebuildAll().catch((error: unknown) => refused.push(error instanceof Error ? error.message : '')))
  })
  await Promise.all(seconds)
  expect(refused).toEqual([expect.stringMatching(/Another rebuild .* at work.*Wait until it has ended/s)])
  // Once it has ended, the next one may.
  await rebuildAll()
})
