import { createWorkCalendar } from '@bina/domain/calendar'
import { inForce } from '@bina/domain/dated'
import { eventTypes } from '@bina/events/event-data'
import type { ServiceEvent } from '@bina/events/service-event'
import { loadPolicy } from '@bina/runtime/load-policy'
import { simulateCity } from '@bina/simulator/simulate-city'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { compareTable } from '../harness/compare-tables.ts'
import { silentOffice } from '../harness/silent-office.ts'
import { unheldComplaints } from '../harness/unheld-complaints.ts'
import { calculateTables, type OracleTables } from '../oracle/oracle.ts'

// Wednesday after the last simulated week: that week is closed, a new one runs.
const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const zone = 'Asia/Jakarta'

describe('a seeded city of 185 units, 26 weeks and 100,000 events through Kafka', () => {
  const silent = silentOffice('2026-05-18')
  let city: TestCity
  let oracle: OracleTables
  let events: ServiceEvent[]

  beforeAll(async () => {
    const policy = await loadPolicy('policy')
    events = [
      ...silent.events,
      ...unheldComplaints('2026-04-20', '16.71.05.1003', '16.71.08.1001'),
      ...simulateCity({
        seed: 'same as separate',
        weeks: 26,
        lastWeekMonday: '2026-06-08',
        zone,
        calendar: createWorkCalendar({ zone, policy: policy.calendar }),
        source: 'urn:test:city',
        eventsTarget: 100_000,
      }),
    ]
    // Before any connection is open: it keeps this thread for a minute, and servers close what says nothing for as long.
    const position = { recordMs: nowMs, topic: 't', partition: 0 }
    oracle = calculateTables({
      events: events.map((event, offset) => ({
        ...event,
        supersedes: event.supersedes ?? null,
        position: { ...position, offset },
      })),
      nowMs,
      zone,
      policyVersion: policy.version,
      personCorrelationOn: (week) => inForce(policy.scoring.personCorrelation, week),
    })
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    for (let at = 0; at < events.length; at += 2_000) await city.publish(events.slice(at, at + 2_000))
    // A city of this size keeps a busy machine for minutes.
    await city.settled(600_000)
  }, 900_000)

  afterAll(() => city.stop())

  it('is as large as promised and stored whole', async () => {
    expect(events.length).toBeGreaterThanOrEqual(100_000)
    const [stored] = await city.rows<{ events: number; units: number }>(
      `SELECT (SELECT count() FROM events) AS events, (SELECT uniqExact(unit_id) FROM unit WHERE unit_type IN ('kelurahan', 'kecamatan', 'upt')) AS units`,
    )
    expect(stored).toEqual({ events: events.length, units: 186 })
  })

  it('has complaints that are reassigned, waited for, reopened and still open, and enough of what they are counted in', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(eventTypes))
    const rowsOf = (measure: string, window: string) =>
      oracle.unit_week_measure.filter(
        (row) => row.scope === 'own' && row.measure === measure && row.window === window && row.denominator > 0,
      ).length
    expect(rowsOf('S8', 'W1')).toBeGreaterThan(10)
    expect(rowsOf('S8', 'R13')).toBeGreaterThan(100)
    expect(rowsOf('S9', 'R13')).toBeGreaterThan(20)
    expect(rowsOf('S10', 'W1')).toBeGreaterThan(200)
    expect(rowsOf('S10', 'R13')).toBeGreaterThan(200)
    expect(rowsOf('S15', 'R13')).toBeGreaterThan(200)
    expect(oracle.unit_week_duration.some(({ censored }) => censored > 0)).toBe(true)
  })

  it('takes the days on which a whole office fell silent for outages, and no other day', async () => {
    const found = await city.rows(
      `SELECT unit_id, toString(o.day) AS day, persons FROM suspected_outage AS o ORDER BY unit_id, day`,
    )
    expect(found).toEqual(silent.suspected)
  })

  for (const table of [
    'complaint',
    'person_day',
    'unit_day',
    'unit_week_measure',
    'unit_week_score',
    'unit_week_duration',
  ] as const) {
    it(`has every column of ${table} as a separate, slow calculation has it`, async () => {
      const { rows, differences } = await compareTable(city, oracle, table)
      expect(differences.slice(0, 10)).toEqual([])
      expect(rows).toBe(oracle[table].length)
      expect(rows).toBeGreaterThan(1_000)
    })
  }
})
