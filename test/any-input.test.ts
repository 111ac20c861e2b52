import { dataSchemas, type EventType, eventTypes } from '@bina/events/event-data'
import { everPlaced } from '@bina/pipeline/fold/coaching-item'
import { staffVersions, unitOn, unitVersions } from '@bina/pipeline/fold/directory'
import { dayEntity, entityOf, parseEntity, staffEntity, unitEntity } from '@bina/pipeline/fold/entity'
import { foldCoaching } from '@bina/pipeline/fold/fold-coaching'
import { foldComplaint } from '@bina/pipeline/fold/fold-complaint'
import { foldPersonDay } from '@bina/pipeline/fold/fold-person-day'
import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { liveEvents, revisionOf } from '@bina/pipeline/fold/live-events'
import { at, attendanceRules, calendar, cityProfile, deadlines, zone } from '@bina/pipeline/fold/test-city'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'

// Events of which each is valid by itself, and which together no city would see: few ids, so that everything meets.

interface Field {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly format?: string
}
const dates = ['1970-01-01', '2026-07-05', '2026-07-06', '2026-07-07', '2026-07-13', '2026-08-17', '2099-12-31']

function anyValue(name: string, field: Field): fc.Arbitrary<unknown> {
  if (field.enum !== undefined) return fc.constantFrom(...field.enum)
  if (field.format === 'date') return fc.constantFrom(...dates)
  if (field.type === 'boolean') return fc.boolean()
  if (field.type === 'integer' || field.type === 'number') return fc.constantFrom(0, 0.5, 1, 30, 1440)
  if (field.type === 'array') return fc.constant([])
  if (name === 'answers') return fc.constantFrom({ conduct: 4 }, { time: 1, procedure: 2 })
  if (name.endsWith('Key')) return fc.constantFrom('p-0123456789', 'p-another-one')
  if (name === 'scheduleProfile') return fc.constantFrom('office_5d', 'weekdays', 'night', 'moon_shift')
  return fc.constantFrom('A', 'B', 'C')
}

function dataOf(type: EventType): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(dataSchemas[type], { unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, Field>>
    readonly required?: readonly string[]
    readonly oneOf?: readonly { readonly properties: Readonly<Record<string, Field>> }[]
    readonly anyOf?: readonly { readonly properties: Readonly<Record<string, Field>> }[]
  }
  const choices = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  const properties = schema.properties ?? Object.assign({}, ...choices.map((choice) => choice.properties))
  const fields = Object.entries<Field>(properties).map(([name, field]) => [name, anyValue(name, field)] as const)
  return fc
    .record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] })
    .filter((data) => dataSchemas[type].safeParse(data).success)
}

const instant = fc.oneof(
  fc.integer({ min: at('2026-07-05'), max: at('2026-08-20') }),
  fc.constantFrom(0, at('2026-07-06 07:30'), at('2026-07-06 08:00'), at('2099-12-31')),
)
const anyEvent = fc.constantFrom(...eventTypes).chain((type) =>
  fc.record({
    source: fc.constantFrom('urn:a', 'urn:b'),
    id: fc.constantFrom(...['A', 'B', 'C', 'e-4', 'e-5', 'e-6', 'e-7', 'e-8', 'e-9']),
    type: fc.constant(type),
    occurredAtMs: instant,
    ingestedAtMs: instant,
    data: dataOf(type),
  }),
) as fc.Arbitrary<KnownEvent>
const anyCity = fc.array(
  fc
    .tuple(anyEvent, fc.option(fc.constantFrom('A', 'B', 'e-4', 'e-5'), { nil: undefined, freq: 4 }))
    .map(([event, supersedes]): KnownEvent => (supersedes === undefined ? event : { ...event, supersedes })),
  { maxLength: 30 },
)

/** All that the score-worker folds out of these events. */
function foldAll(events: readonly KnownEvent[], nowMs: number) {
  const live = liveEvents(events, events.map(revisionOf))
  const ofEntity = (entity: string) => live.filter((event) => entityOf(event, zone) === entity)
  const profileOf = (unitId: string, date: string) =>
    unitOn(unitVersions(ofEntity(unitEntity(unitId))), date)?.scheduleProfile
  const people = ['p-0123456789', 'p-another-one']
  const days = people.flatMap((person) => dates.map((date) => dayEntity(person, date)))
  const entities = new Set([...events.map((event) => entityOf(event, zone)), ...days])
  return [...entities].flatMap((entity) => {
    const parts = parseEntity(entity)
    const own = { events: ofEntity(entity), everNamed: [], calendar, zone, nowMs }
    switch (parts?.kind) {
      case 'day': {
        const staff = staffVersions(ofEntity(staffEntity(parts.personKey)))
        const given = { unitProfileOn: profileOf, attendanceRulesOn: () => attendanceRules, staff }
        const { row, findings } = foldPersonDay({ ...own, ...parts, ...given })
        return [{ entity, rows: row === undefined ? 0 : 1, findings, row }]
      }
      case 'complaint': {
        const { findings } = foldComplaint({ ...own, ...parts, profileOf, cityProfile, deadlinesOn: () => deadlines })
        return [{ entity, rows: 0, findings, row: undefined }]
      }
      case 'coaching': {
        everPlaced(parts.unitId, events)
        const isKnown = (unitId: string, on: string) => profileOf(unitId, on) !== undefined
        const { findings } = foldCoaching({ ...own, ...parts, isKnown })
        return [{ entity, rows: 0, findings, row: undefined }]
      }
      default:
        return []
    }
  })
}

it('no events that are valid one by one make a fold throw, and a person’s day counts once at most, each finding once', () => {
  fc.assert(
    fc.property(anyCity, fc.constantFrom(at('2026-07-06 12:00'), at('2026-12-01')), (events, nowMs) => {
      for (const { entity, row, findings } of foldAll(events, nowMs)) {
        for (const { on } of findings) expect(on).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        if (!entity.startsWith('day|')) continue
        expect(new Set(findings.map(({ kind }) => kind)).size).toBe(findings.length)
        expect(findings.every(({ unitId, on }) => unitId === row?.unitId && on === row.workDate)).toBe(true)
        if (row === undefined) continue
        const { onTime, fullDay, lostMinutes, status } = row
        expect((onTime || fullDay) && status !== 'present').toBe(false)
        expect(lostMinutes).toBeLessThanOrEqual(450)
      }
    }),
    { numRuns: 400 },
  )
}, 60_000)
