import { createReadStream, readFileSync } from 'node:fs'
import { decodeEvent } from '@bina/events/decode-event'
import { encodeEvent } from '@bina/events/encode-event'
import { topicOf } from '@bina/events/topics'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { importEvents } from './import-events.ts'
import { parseMapping } from './parse-mapping.ts'
import { type ImportPlan, planImport } from './plan-import.ts'
import { all } from './small-mapping.ts'

const folder = new URL('../../../../test/fixtures/nyc-311/', import.meta.url)
const csv = new URL('nyc-311-2022-05-01.csv', folder)
const mapping = parseMapping(readFileSync(new URL('mapping.yaml', folder), 'utf8'))
const nowMs = Date.UTC(2022, 4, 9)

test("one night of New York's 311 is planned with these counts", async () => {
  const city = { cityZone: 'America/New_York', cityProfile: 'weekdays' }
  const plan = (await all(planImport(mapping, createReadStream(csv), { nowMs, ...city }))).at(-1) as ImportPlan
  expect(plan).toMatchObject({ rows: 924, good: 924, bad: 0, leftOut: 0, repeated: 0, problems: [] })
  expect(plan.events).toEqual({
    'bina.directory.unit.v1': 30,
    'bina.complaint.received.v1': 924,
    'bina.complaint.assigned.v1': 924,
    'bina.resolution.resolved.v1': 480,
  })
  expect(plan.states).toEqual({ open: 444, fixed: 234, answered: 212, closed_silent: 34 })
  expect(plan.units.filter((unit) => unit.unitType === 'opd')).toHaveLength(8)
  const offices = plan.units.filter((unit) => unit.unitType === 'upt')
  expect(offices).toHaveLength(22)
  expect(offices.reduce((sum, unit) => sum + unit.complaints, 0)).toBe(924)
  expect(plan.units).toContainEqual({
    unitId: 'upt:nypd-staten-island',
    name: 'NYPD Staten Island',
    unitType: 'upt',
    complaints: 17,
  })
  expect(plan.weeks).toEqual([{ week: '2022-W17', rows: 924 }])
  expect(plan.reportWeek).toBe('2022-W18')
})

test('every event of it is accepted, and none carries an address, a street, a zip code or a place of its row', async () => {
  const rows: Record<string, string>[] = parse(readFileSync(csv), { columns: true, bom: true })
  const imported = await all(importEvents(mapping, createReadStream(csv), { nowMs, skipBad: false }))
  expect(imported).toHaveLength(rows.length)
  const places = [
    'Location Type',
    'Incident Zip',
    'Incident Address',
    'Street Name',
    'Cross Street 1',
    'Cross Street 2',
    'Intersection Street 1',
    'Intersection Street 2',
    'City',
    'Landmark',
    'Community Board',
    'BBL',
    'X Coordinate (State Plane)',
    'Y Coordinate (State Plane)',
    'Latitude',
    'Longitude',
    'Location',
  ]
  let compared = 0
  for (const [at, { events }] of imported.entries()) {
    const row = rows[at] ?? {}
    const said = JSON.stringify(events.map((event) => [event.id, event.subject, event.data])).toUpperCase()
    for (const column of places) {
      const value = (row[column] ?? '').toUpperCase()
      // A city that bears its borough's name tells no more than the borough.
      if (value === '' || value === row.Borough) continue
      // Whole words: a location of type "Store" is not in "restored".
      const words = new RegExp(`(?<![A-Z0-9])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Z0-9])`)
      expect(words.test(said) ? `${column} of row ${at + 1}` : 'nothing', said).toBe('nothing')
      compared++
    }
    for (const event of events) {
      const { key, value, headers } = encodeEvent(event)
      const topic = topicOf(event.type) ?? ''
      expect(decodeEvent({ topic, key: Buffer.from(key), value, headers }, nowMs)).toEqual({ kind: 'ok', value: event })
    }
  }
  expect(compared).toBeGreaterThan(8_000)
})
