import { addDays } from '@bina/domain/plain-date'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'

// Wednesday; the week of 13 July runs.
const nowMs = Date.parse('2026-07-15T10:00:00+07:00')
const unitId = '16.71.05.1003'
const source = 'urn:test:first-fact'

const unit: EventToPublish = {
  source,
  id: 'unit',
  type: 'bina.directory.unit.v1',
  subject: unitId,
  time: '2026-01-01T00:00:00+07:00',
  data: {
    unitId,
    name: 'Bukit Lama',
    unitType: 'kelurahan',
    headRole: 'Lurah',
    reportEmails: [],
    locale: 'id',
    scheduleProfile: 'office_5d',
    validFrom: '2026-01-01',
  },
}
const clockIn = (workDate: string): EventToPublish => ({
  source,
  id: `in-${workDate}`,
  type: 'bina.attendance.recorded.v1',
  subject: unitId,
  time: `${workDate}T07:20:00+07:00`,
  data: { unitId, personKey: 'p-0123456789', workDate, kind: 'in', method: 'device' },
})
const withdrawn = (workDate: string): EventToPublish => ({
  source,
  id: `no-${workDate}`,
  type: 'bina.event.withdrawn.v1',
  subject: unitId,
  time: '2026-07-14T09:00:00+07:00',
  data: { withdrawnId: `in-${workDate}`, reason: 'mistake' },
})

let city: TestCity

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
  })
})

afterAll(() => city?.stop())

async function weeksScoredAfter(...events: readonly EventToPublish[]): Promise<readonly string[]> {
  await city.publish(events)
  await city.settled()
  const rows = await city.rows<{ week: string }>(
    `SELECT DISTINCT toString(s.week) AS week FROM unit_week_score AS s ORDER BY week`,
  )
  return rows.map(({ week }) => week)
}

it("has a unit's scores begin with its first fact, though that comes in last and is taken back again", async () => {
  const weeksFrom = (first: string) => {
    const weeks: string[] = []
    for (let week = first; week <= '2026-07-13'; week = addDays(week, 7)) weeks.push(week)
    return weeks
  }
  expect(await weeksScoredAfter(unit)).toEqual([])
  expect(await weeksScoredAfter(clockIn('2026-07-08'))).toEqual(weeksFrom('2026-07-06'))
  expect(await weeksScoredAfter(clockIn('2026-04-15'))).toEqual(weeksFrom('2026-04-13'))
  expect(await weeksScoredAfter(withdrawn('2026-04-15'))).toEqual(weeksFrom('2026-07-06'))
  expect(await weeksScoredAfter(withdrawn('2026-07-08'))).toEqual([])
})
