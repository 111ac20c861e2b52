import { createReadStream, readFileSync } from 'node:fs'
import { addDays, isoWeekday, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import type { ServiceEvent } from '@bina/events/service-event'
import { importEvents } from '@bina/pipeline/import/import-events'
import { parseMapping } from '@bina/pipeline/import/parse-mapping'
import { type ImportPlan, planImport } from '@bina/pipeline/import/plan-import'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import type { ReportInput } from '@bina/reporting/report-input'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { testActionLibrary } from '@bina/reporting/test-action-library'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { readable } from '../harness/readable.ts'
import { inputsOf } from '../harness/report-cron.ts'

const folder = new URL('../fixtures/nyc-311/', import.meta.url)
const csv = new URL('nyc-311-2022-05-01.csv', folder)
const mapping = parseMapping(readFileSync(new URL('mapping.yaml', folder), 'utf8'))
const rows: Record<string, string>[] = parse(readFileSync(csv), { columns: true, bom: true })

// Tuesday after the report week.
const nowMs = Date.parse('2022-05-10T12:00:00-04:00')
const week = '2022-05-02'
const zone = 'America/New_York'
const cityProfile = 'weekdays'

/** `05/01/2022 12:07:46 AM` as `2022-05-01T00:07:46`: wall time of New York, which sorts. */
function wallTime(text: string): string {
  const [, month, day, year, hour, minutes, half] =
    /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d)(:\d\d:\d\d) ([AP]M)$/.exec(text) ?? []
  return `${year}-${month}-${day}T${String((Number(hour) % 12) + (half === 'PM' ? 12 : 0)).padStart(2, '0')}${minutes}`
}

/** Five weekdays after the date, at the close of business. */
function dueOf(received: PlainDate): string {
  let due = received
  for (let left = 5; left > 0; left--) {
    do due = addDays(due, 1)
    while (isoWeekday(due) > 5)
  }
  return `${due}T17:00:00`
}

const addressColumns = [
  'Incident Address',
  'Street Name',
  'Cross Street 1',
  'Cross Street 2',
  'Intersection Street 1',
  'Intersection Street 2',
  'Incident Zip',
  'Landmark',
  'BBL',
  'Latitude',
  'Longitude',
  'Location',
]

interface Counts {
  S1: [number, number]
  S2: [number, number]
  S4: [number, number]
}

/** By unit, from the file's own columns: what was due in the week, what was answered and closed by then, what was still open after it. */
function countedByHand(): ReadonlyMap<string, Counts> {
  const units = new Map<string, Counts>()
  for (const row of rows) {
    const received = wallTime(row['Created Date'] ?? '')
    const closed = row['Closed Date'] === '' ? undefined : wallTime(row['Closed Date'] ?? '')
    const due = dueOf(received.slice(0, 10))
    if (mondayOf(due.slice(0, 10)) !== week) continue
    const unitId = `upt:${row.Agency}-${row.Borough}`.toLowerCase().replaceAll(' ', '-')
    const counts = units.get(unitId) ?? { S1: [0, 0], S2: [0, 0], S4: [0, 0] }
    units.set(unitId, counts)
    const isSaid =
      /took action|summons|observed|were gone|not necessary|unable to gain entry|encampment|does not fall/i.test(
        row['Resolution Description'] ?? '',
      )
    const isInTime = closed !== undefined && closed <= due
    const isClosedByTheEnd = closed !== undefined && closed < `${addDays(week, 7)}T00:00:00`
    const count = (measure: keyof Counts, success: boolean) => {
      counts[measure][0] += Number(success)
      counts[measure][1]++
    }
    count('S1', isInTime && isSaid)
    count('S2', isInTime)
    count('S4', isClosedByTheEnd)
  }
  return units
}

describe("one night of New York's 311", () => {
  let city: TestCity

  const importFile = async () => {
    const events: ServiceEvent[] = []
    for await (const row of importEvents(mapping, createReadStream(csv), { nowMs, skipBad: false }))
      events.push(...row.events)
    await city.publish(events)
    await city.settled()
    return events.length
  }
  /** Every table that is made from the events, without the columns that say when it was made. */
  const tables = async () => ({
    events: await city.rows(
      'SELECT * EXCEPT (stored_at, ingested_at, topic, partition, offset) FROM events ORDER BY source, id',
    ),
    complaints: await city.rows('SELECT * FROM complaint ORDER BY complaint_id'),
    custodies: await city.rows('SELECT * FROM complaint_custody ORDER BY complaint_id, from_at'),
    measures: await city.rows('SELECT * EXCEPT (as_of) FROM unit_week_measure ORDER BY unit_id, week, measure, window'),
    scores: await city.rows('SELECT * EXCEPT (as_of) FROM unit_week_score ORDER BY unit_id, week, score'),
  })
  let before: Awaited<ReturnType<typeof tables>>
  let published: number

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
      zone,
      cityProfile,
    })
    published = await importFile()
    before = await tables()
  })

  afterAll(() => city?.stop())

  it('is planned without a problem, and all of it is stored', async () => {
    let plan: ImportPlan | undefined
    for await (const step of planImport(mapping, createReadStream(csv), { nowMs, cityZone: zone, cityProfile }))
      if (step.kind === 'plan') plan = step
    expect(plan).toMatchObject({
      rows: rows.length,
      good: rows.length,
      bad: 0,
      problems: [],
      reportWeek: '2022-W18',
    })
    expect(Object.values(plan?.events ?? {}).reduce((sum, count) => sum + count, 0)).toBe(published)
    expect(before.events).toHaveLength(published)
    expect(await city.rows('SELECT reason, detail FROM dead_letter')).toEqual([])
  })

  it('gives each agency and borough its measures, as counted by hand from the dates in the file', async () => {
    const expected = [...countedByHand()].flatMap(([unit_id, counts]) =>
      Object.entries(counts).map(([measure, [numerator, denominator]]) => ({
        unit_id,
        measure,
        numerator,
        denominator,
      })),
    )
    const order = (list: readonly { readonly unit_id: string; readonly measure: string }[]) =>
      list.toSorted((a, b) => (`${a.unit_id} ${a.measure}` < `${b.unit_id} ${b.measure}` ? -1 : 1))
    const windows = { W1: ['S1', 'S2'], R13: ['S1', 'S2'], R26: ['S1', 'S2'], R52: ['S4'] }
    for (const [window, measures] of Object.entries(windows)) {
      const rowsOfWeek = await city.rows<{ unit_id: string; measure: string }>(
        `SELECT unit_id, toString(measure) AS measure, numerator, denominator FROM unit_week_measure
         WHERE scope = 'own' AND week = {week: Date} AND window = {window: String} AND measure IN {measures: Array(String)}`,
        { week, window, measures },
      )
      expect(order(rowsOfWeek)).toEqual(order(expected.filter(({ measure }) => measures.includes(measure))))
    }
    expect(expected).toHaveLength(22 * 3)
    expect(countedByHand().get('upt:nypd-brooklyn')?.S2[1]).toBe(251)
  })

  it('scores the offices, never their agencies, and shows no score where fewer than five complaints were due', async () => {
    const scores = await city.rows<{ unit_id: string; value: number | null; confidence: string }>(
      `SELECT unit_id, value, confidence FROM unit_week_score WHERE week = {week: Date} AND score = 'service' ORDER BY unit_id`,
      { week },
    )
    const byHand = countedByHand()
    expect(scores.map(({ unit_id }) => unit_id)).toEqual([...byHand.keys()].toSorted())
    for (const { unit_id, value, confidence } of scores) {
      const due = byHand.get(unit_id)?.S2[1] ?? 0
      if (due < 5) expect([unit_id, value, confidence]).toEqual([unit_id, null, 'hidden'])
      else if (due > 100) expect(value, unit_id).toBeGreaterThan(0)
    }
  })

  it('keeps no address, street, zip code or place of the file anywhere', async () => {
    const stored = await city.rows<{ id: string; subject: string; data: string }>(
      'SELECT id, subject, data FROM events',
    )
    const said = stored
      .map(({ id, subject, data }) => `${id} ${subject} ${data}`)
      .join('\n')
      .toUpperCase()
    const boroughs = new Set(rows.map(({ Borough }) => Borough))
    const places = new Set(rows.flatMap((row) => addressColumns.map((column) => (row[column] ?? '').toUpperCase())))
    for (const shown of ['', 'UNSPECIFIED', ...boroughs]) places.delete(shown ?? '')
    // Whole words: a number of five digits may stand inside a longer one.
    const words = new Set(said.match(/[A-Z0-9.]+/g))
    const found = [...places].filter((place) => (/[^A-Z0-9.]/.test(place) ? said.includes(place) : words.has(place)))
    expect(found).toEqual([])
    expect(places.size).toBeGreaterThan(3_000)
    expect(said).toContain('UPT:NYPD-BROOKLYN')
  })

  it('writes a report in which every time names its zone', async () => {
    const { units, reports } = await inputsOf(city, { clock: () => nowMs, zone, cityProfile })(week, nowMs)
    expect(units).toBe(22)
    const inputs = new Map<string, ReportInput>()
    for await (const { unit, input } of reports) inputs.set(unit.unitId, input)
    const input = inputs.get('upt:nypd-brooklyn') ?? expect.unreachable()
    const view = reportViewModel(input, testActionLibrary)
    expect(view.subject).toBe('Weekly coaching note for NYPD Brooklyn, 2–8 May 2022')
    const { S1, S2 } = countedByHand().get('upt:nypd-brooklyn') ?? expect.unreachable()
    for (const body of [readable(renderText(view)), readable(renderHtml(view))]) {
      expect(body).toContain(`${S1[0]} of ${S1[1]}`)
      expect(body).toContain(`${S2[0]} of ${S2[1]}`)
      expect(body).toMatch(/Data complete until:? Tuesday, 10 May 2022 at 12:00 EDT/)
      expect(body).toMatch(/Next note:? Monday, 16 May 2022 at 06:00 EDT/)
      expect(body).toContain('All times are in EDT.')
      expect(body).not.toContain('WIB')
    }
  })

  it('changes nothing when it is imported once more', async () => {
    expect(await importFile()).toBe(published)
    expect(await tables()).toEqual(before)
    expect(
      await city.rows(
        'SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(dead_lettered) AS dead, sum(missing) AS missing FROM ingest_balance',
      ),
    ).toEqual([{ received: 2 * published, stored: published, duplicates: published, dead: 0, missing: 0 }])
  })
})
