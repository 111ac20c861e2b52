import { expect, test } from 'vitest'
import { dayEntity, entityOf, unitEntity } from '../fold/entity.ts'
import type { KnownEvent } from '../fold/known-event.ts'
import { at, attendanceRules, calendar, cityProfile, deadlines, zone } from '../fold/test-city.ts'
import { clock, event, PERSON } from '../fold/test-events.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import type { FoldedPersonDay, FoldedStore } from '../ports/folded-store.ts'
import type { Touched } from '../ports/touch-publisher.ts'
import { createFoldTouched } from './fold-touched.ts'

/** One store and log that several workers share; its clock ticks with every question, as the server's does. */
function sharedStore() {
  const events: KnownEvent[] = []
  const days = new Map<string, { readonly day: FoldedPersonDay; readonly version: string }>()
  const units = new Map<string, string>()
  const touched: string[] = []
  let ticks = 0
  const now = () => String(++ticks).padStart(6, '0')

  const entityLog: EntityLog = {
    serverTime: async () => now(),
    eventsOf: async (entities) => ({
      revisions: [],
      events: events.flatMap((known) => {
        const entity = entityOf(known, zone)
        if (!entities.includes(entity)) return []
        const { source, id, type, occurredAtMs, ingestedAtMs, data } = known
        const whole = { supersedes: '', withdraws: '', data: JSON.stringify(data), hasLost: false }
        return [{ entity, source, id, type, occurredAtMs, ingestedAtMs, ...whole }]
      }),
    }),
    revisionsOf: async () => [],
    locate: async () => [],
    entitiesOfKind: async () => [],
  }
  const store: FoldedStore = {
    writePersonDays: async (written, version) => {
      for (const day of written) {
        const entity = dayEntity(day.personKey, day.workDate)
        if ((days.get(entity)?.version ?? '') < version) days.set(entity, { day, version })
      }
    },
    writeComplaints: async () => {},
    writeUnits: async (written, version) => {
      for (const { unitId } of written) units.set(unitId, version)
    },
    writeCoaching: async () => {},
    writeFindings: async () => {},
    writePending: async () => {},
    pendingUntil: async () => [],
    entitiesOfUnits: async (_, readAt) =>
      [...days].flatMap(([entity, { version }]) => (version < readAt ? [entity] : [])),
    unitsWrittenAfter: async (asked, readAt) => asked.filter((unitId) => (units.get(unitId) ?? '') > readAt),
    clockMark: async () => undefined,
    setClockMark: async () => {},
  }
  const touches = {
    touch: async (some: Touched) => void touched.push(...some.entities),
    touchUnits: async () => {},
  }
  return { events, days, touched, entityLog, store, touches }
}

const worker = (shared: ReturnType<typeof sharedStore>, store: FoldedStore = shared.store) =>
  createFoldTouched(
    { zone, cityProfile },
    {
      entityLog: shared.entityLog,
      store,
      touches: shared.touches,
      calendar,
      rules: { attendanceOn: () => attendanceRules, deadlinesOn: () => deadlines },
      clock: () => at('2026-07-08 12:00'),
    },
  )

const known = event('bina.directory.unit.v1', '2026-01-01 00:00', {
  unitId: 'A',
  name: 'A museum',
  unitType: 'upt',
  headRole: 'Head',
  reportEmails: [],
  locale: 'en',
  scheduleProfile: 'weekdays',
  validFrom: '2026-01-01',
})
const day = dayEntity(PERSON, '2026-07-06')
const touch = (entity: string): readonly Touched[] => [{ entities: [entity], revised: [] }]

test('a day that one worker was folding while another took in its unit is folded once more, by the hours of the unit', async () => {
  const shared = sharedStore()
  const second = worker(shared)
  const first = worker(shared, {
    ...shared.store,
    // Between this worker's reading and its writing the unit becomes known, and the other worker asks for the unit's rows.
    writePersonDays: async (days, readAt) => {
      shared.events.push(known)
      await second(touch(unitEntity('A')))
      await shared.store.writePersonDays(days, readAt)
    },
  })
  shared.events.push(clock('in', '2026-07-06 08:10'))
  await first(touch(day))
  expect(shared.days.get(day)?.day.row?.lateMinutes).toBe(40)
  expect(shared.touched).toEqual([day])

  await second(touch(day))
  expect(shared.days.get(day)?.day.row?.lateMinutes).toBe(0)
  expect(shared.touched).toEqual([day])
})

test('a day is not folded once more for a unit that was known before it was read', async () => {
  const shared = sharedStore()
  const only = worker(shared)
  shared.events.push(known, clock('in', '2026-07-06 08:10'))
  await only(touch(unitEntity('A')))
  await only(touch(day))
  expect(shared.days.get(day)?.day.row?.lateMinutes).toBe(0)
  expect(shared.touched).toEqual([])
})
