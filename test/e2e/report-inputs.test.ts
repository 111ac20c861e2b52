import { createReportFigures } from '@bina/clickhouse/report-figures'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createReportSnapshots } from '@bina/clickhouse/report-snapshots'
import { createWorkCalendar } from '@bina/domain/calendar'
import type { ServiceEvent } from '@bina/events/service-event'
import { areaInputs } from '@bina/pipeline/report/area-inputs'
import { reportInputs } from '@bina/pipeline/report/report-inputs'
import type { AreaReportInput } from '@bina/reporting/area-report-input'
import type { ReportInput } from '@bina/reporting/report-input'
import { runIdOf } from '@bina/reporting/run-id'
import { loadPolicy } from '@bina/runtime/load-policy'
import { simulateCity } from '@bina/simulator/simulate-city'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'

// A delivery holds data of its unit, for a superior also of the units below, and of nobody else. The city is told twice: as it is, and
// with everything changed that does not touch one kecamatan and its kelurahan. Their reports must be the same, word for word.

const zone = 'Asia/Jakarta'
const week = '2026-06-08'
const nowMs = Date.parse('2026-06-15T06:00:00+07:00')

interface Told {
  readonly city: TestCity
  readonly units: ReadonlyMap<string, ReportInput>
  readonly areas: ReadonlyMap<string, AreaReportInput>
}

const fields = (event: ServiceEvent) => event.data as unknown as Readonly<Record<string, unknown>>
const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** The units that have to do with an event: of a complaint all that ever had to do with it. */
function unitsOf(events: readonly ServiceEvent[]): (event: ServiceEvent) => ReadonlySet<string> {
  const byComplaint = new Map<string, Set<string>>()
  const named = (event: ServiceEvent) => ['unitId', 'coachUnitId'].flatMap((name) => text(fields(event)[name]) ?? [])
  for (const event of events) {
    const complaintId = text(fields(event).complaintId)
    if (complaintId === undefined) continue
    const units = byComplaint.get(complaintId) ?? new Set()
    byComplaint.set(complaintId, units)
    for (const unitId of named(event)) units.add(unitId)
  }
  return (event) => byComplaint.get(text(fields(event).complaintId) ?? '') ?? new Set(named(event))
}

/** Another city's event, so that none of its people and complaints is taken for one of the first. */
function renamed(event: ServiceEvent): ServiceEvent {
  const data = Object.fromEntries(
    Object.entries(fields(event)).map(([name, value]) => [
      name,
      ['complaintId', 'mergedInto', 'personKey', 'reporterKey'].includes(name) && typeof value === 'string'
        ? `other-${value}`
        : value,
    ]),
  )
  return { ...event, source: 'urn:test:other', data } as unknown as ServiceEvent
}

const isDirectoryUnit = ({ type }: ServiceEvent) => type === 'bina.directory.unit.v1'

describe('the reports of a seeded city', () => {
  let told: Told
  let changed: Told
  let events: readonly ServiceEvent[]
  let area: string
  let inside: ReadonlySet<string>
  let names: ReadonlyMap<string, string>

  beforeAll(async () => {
    const policy = await loadPolicy('policy')
    const simulated = {
      ...{ weeks: 16, lastWeekMonday: week, zone, calendar: createWorkCalendar({ zone, policy: policy.calendar }) },
      ...{ source: 'urn:test:city', units: 24, staffPerUnit: 2, complaintsPerUnitWeek: 1.5, checksPerWeek: 24 },
      ...{ withCorrections: false, withStaffMoves: false },
    }
    events = [...simulateCity({ ...simulated, seed: 'told' })]
    const directory = events.filter(isDirectoryUnit).map(fields)
    names = new Map(directory.map(({ unitId, name }) => [String(unitId), String(name)]))
    const below = (unitId: string) => directory.filter(({ parentUnitId }) => parentUnitId === unitId)
    const kecamatan = directory.filter(({ unitType }) => unitType === 'kecamatan').map(({ unitId }) => String(unitId))
    area = kecamatan.toSorted((a, b) => below(b).length - below(a).length)[0] ?? expect.unreachable()
    inside = new Set([area, ...below(area).map(({ unitId }) => String(unitId))])
    expect(inside.size).toBeGreaterThan(2)

    const others = [...simulateCity({ ...simulated, seed: 'changed', complaintsPerUnitWeek: 3 })]
    const touchesInside = (of: (event: ServiceEvent) => ReadonlySet<string>) => (event: ServiceEvent) =>
      [...of(event)].some((unitId) => inside.has(unitId))
    const keep = touchesInside(unitsOf(events))
    const isInside = touchesInside(unitsOf(others))
    const changedEvents = [
      ...events.filter((event) => isDirectoryUnit(event) || keep(event)),
      ...others.filter((event) => !isDirectoryUnit(event) && !isInside(event)).map(renamed),
    ]
    told = await tell(events, 1)
    changed = await tell(changedEvents, 2)
  }, 900_000)

  afterAll(async () => {
    await told?.city.stop()
    await changed?.city.stop()
  })

  /** Every post had its mail of the week before. */
  async function lastMails(clickhouse: TestCity['clickhouse'], outsideSaid: number) {
    const [snapshots, ledger] = [createReportSnapshots(clickhouse), createReportLedger(clickhouse)]
    const [before, atMs] = ['2026-06-01', Date.parse('2026-06-08T06:00:00+07:00')]
    const runId = runIdOf(before)
    await ledger.writeRun({
      ...{ period: before, runId, state: 'finished', startedAtMs: atMs, finishedAtMs: atMs, dataCompleteUntilMs: atMs },
      ...{ units: names.size, delivered: names.size, failed: 0, suppressed: 0, cause: '' },
    })
    for (const unitId of names.keys()) {
      await snapshots.keep({
        ...{ unitId, report: '', week: before, sentAtMs: atMs, input: '{}' },
        ...{ service: inside.has(unitId) ? 61 : outsideSaid, discipline: null, due: 1, overdue: 1, told: [] },
      })
      await ledger.writeDelivery({
        ...{ runId, unitId, recipient: `${unitId}@p.example`, locale: 'id', issue: 0, report: '', reader: 'unit_head' },
        ...{ followUp: false, state: 'sent', attempts: 1, messageId: `<${unitId}@x>`, smtpReply: '250' },
      })
    }
  }

  async function tell(some: readonly ServiceEvent[], outsideSaid: number): Promise<Told> {
    const city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    for (let at = 0; at < some.length; at += 2_000) await city.publish(some.slice(at, at + 2_000))
    await city.settled()
    const { clickhouse, calendar, policy } = city
    const snapshots = createReportSnapshots(clickhouse)
    await lastMails(clickhouse, outsideSaid)
    const config = { zone, cityProfile: 'office_5d', dueMinute: 360, contact: 'pembinaan@palembang.example' }
    const figures = createReportFigures(clickhouse, { zone })
    const deps = { figures, snapshots, calendar, policy: policy.scoring, policyVersion: policy.version }
    const asked = { week, nowMs, dataCompleteUntilMs: nowMs }
    const units = new Map<string, ReportInput>()
    for await (const { unit, input } of (await reportInputs(config, deps, asked)).reports) units.set(unit.unitId, input)
    const areas = new Map<string, AreaReportInput>()
    for await (const { unit, input } of (await areaInputs(config, deps, asked)).reports) areas.set(unit.unitId, input)
    return { city, units, areas }
  }

  it('say of a unit what they say, whatever becomes of all others', () => {
    for (const unitId of inside) expect(changed.units.get(unitId), unitId).toEqual(told.units.get(unitId))
    const outside = [...told.units.keys()].filter((unitId) => !inside.has(unitId))
    const same = outside.filter(
      (unitId) => JSON.stringify(told.units.get(unitId)) === JSON.stringify(changed.units.get(unitId)),
    )
    expect(outside.length).toBeGreaterThan(15)
    expect(same).toEqual([])
  })

  it('say of an area what its units and its own figures say, whatever becomes of other areas', () => {
    expect(changed.areas.get(area)).toEqual(told.areas.get(area))
    expect(
      told.areas
        .get(area)
        ?.units.map(({ id }) => id)
        .toSorted(),
    ).toEqual([...inside].filter((unitId) => unitId !== area).toSorted())
    const others = [...told.areas.keys()].filter((unitId) => unitId !== area)
    expect(others.length).toBeGreaterThan(2)
    for (const unitId of others) expect(changed.areas.get(unitId), unitId).not.toEqual(told.areas.get(unitId))
  })

  it('have something to say of everything', () => {
    const inputs = [...told.units.values()]
    const some = (has: (input: ReportInput) => boolean) => inputs.filter(has).length
    expect(some(({ service }) => service !== null)).toBe(inputs.length)
    expect(some(({ discipline }) => discipline !== null)).toBe(inputs.length)
    expect(some(({ trends }) => trends.length > 0)).toBeGreaterThan(5)
    expect(some(({ casesDue, casesOverdue }) => casesDue.length + casesOverdue.length > 0)).toBeGreaterThan(5)
    expect(some(({ conduct }) => conduct.some(({ inR13 }) => inR13 > 0))).toBeGreaterThan(5)
    expect(some(({ changes }) => changes.length > 0)).toBe(inputs.length)
    expect(some(({ actions }) => actions.length > 0)).toBeGreaterThan(0)
    expect(some(({ findings }) => findings.length > 0)).toBeGreaterThan(0)
  })

  it('hold no id and no name of a unit, a complaint or a person that is not theirs', () => {
    const of = unitsOf(events)
    const complaints = new Map<string, ReadonlySet<string>>()
    for (const event of events) {
      const complaintId = text(fields(event).complaintId)
      if (complaintId !== undefined) complaints.set(complaintId, of(event))
    }
    const people = new Set(events.flatMap((event) => text(fields(event).personKey) ?? []))
    const foreign = (mine: ReadonlySet<string>, input: unknown) => {
      const said = new Set(
        JSON.stringify(input)
          .match(/"(?:[^"\\]|\\.)*"/g)
          ?.map((quoted) => JSON.parse(quoted)),
      )
      return [
        ...[...names].filter(([unitId]) => !mine.has(unitId)).flat(),
        ...[...complaints].filter(([, units]) => ![...units].some((unit) => mine.has(unit))).map(([id]) => id),
        ...people,
      ].filter((word) => said.has(word))
    }
    // Names of units are repeated at other levels and in other areas: such a one is also the reader's own.
    const own = (mine: ReadonlySet<string>) => new Set([...mine].map((unitId) => names.get(unitId)))
    for (const [unitId, input] of told.units) {
      const mine = new Set([unitId])
      expect(
        foreign(mine, input).filter((word) => !own(mine).has(word)),
        unitId,
      ).toEqual([])
    }
    const areaInput = told.areas.get(area)
    expect(foreign(inside, areaInput).filter((word) => !own(inside).has(word))).toEqual([])
    expect(complaints.size).toBeGreaterThan(300)
    // The trace sees what it looks for.
    expect(foreign(new Set(), areaInput).length).toBeGreaterThan(inside.size)
  })

  it('list the complaints that count as a unit’s backlog, and no other', async () => {
    const backlog = await told.city.rows<{ unitId: string; complaintId: string; dueAtMs: number }>(
      `SELECT unit_id AS unitId, complaint_id AS complaintId, toUnixTimestamp64Milli(held.3) AS dueAtMs
       FROM unit_complaint_store FINAL ARRAY JOIN arrayZip(backlog.from_at, backlog.to_at, backlog.own_due_at) AS held
       WHERE held.2 IS NULL AND NOT arrayExists(closed_to -> closed_to IS NULL, closed.to_at)
       ORDER BY unitId, dueAtMs, complaintId`,
    )
    const open = await createReportFigures(told.city.clickhouse, { zone }).openCasesOf([...names.keys()])
    expect(open.map(({ channel: _, ...row }) => row)).toEqual(backlog)
    expect(backlog.length).toBeGreaterThan(30)
  })
})
