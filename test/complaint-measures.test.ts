import { createWorkCalendar } from '@bina/domain/calendar'
import { addDays } from '@bina/domain/plain-date'
import { cutOffMs, mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { ServiceEvent } from '@bina/events/service-event'
import type { UnitShare } from '@bina/pipeline/fold/complaint'
import { unitOn, unitVersions } from '@bina/pipeline/fold/directory'
import { foldComplaint } from '@bina/pipeline/fold/fold-complaint'
import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { liveEvents, revisionOf } from '@bina/pipeline/fold/live-events'
import type { TimedCase } from '@bina/pipeline/ports/unit-facts'
import { judgeDurations } from '@bina/pipeline/score/judge-durations'
import { loadPolicy } from '@bina/runtime/load-policy'
import { simulateCity } from '@bina/simulator/simulate-city'
import { beforeAll, describe, expect, it } from 'vitest'
import { calculateTables, type OracleTables } from './oracle/oracle.ts'

// The folds against the separate calculation, in memory, in a city with everything that happens to complaints.

const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const zone = 'Asia/Jakarta'
const weeksOfWindow = { W1: 1, R13: 13 } as const

let oracle: OracleTables
let shares: readonly UnitShare[]
let policy: Awaited<ReturnType<typeof loadPolicy>>

const known = (event: ServiceEvent): KnownEvent =>
  ({ ...event, ingestedAtMs: event.occurredAtMs }) as unknown as KnownEvent // the same fields, and some more

beforeAll(async () => {
  policy = await loadPolicy('policy')
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const events = [
    ...simulateCity({
      seed: 'hard complaints',
      weeks: 20,
      lastWeekMonday: '2026-06-08',
      zone,
      calendar,
      source: 'urn:test:city',
      eventsTarget: 30_000,
      withReassignments: true,
      withWaiting: true,
      withReopenings: true,
    }),
  ].filter(({ type }) => !type.startsWith('bina.attendance.') && type !== 'bina.directory.staff.v1')
  const position = { recordMs: nowMs, topic: 't', partition: 0 }
  oracle = calculateTables({
    events: events.map((event, offset) => ({
      ...event,
      supersedes: event.supersedes ?? null,
      position: { ...position, offset },
    })),
    nowMs,
    zone,
  })
  const byComplaint = new Map<string, KnownEvent[]>()
  for (const event of events) {
    if (!('complaintId' in event.data)) continue
    const { complaintId } = event.data
    byComplaint.set(complaintId, [...(byComplaint.get(complaintId) ?? []), known(event)])
  }
  const versions = versionsOf(events)
  const revisions = events
    .map(known)
    .map(revisionOf)
    .filter((one) => one.supersedes ?? one.withdraws)
  shares = [...byComplaint].flatMap(([complaintId, own]) => {
    const { row } = foldComplaint({
      complaintId,
      events: liveEvents(own, revisions),
      everNamed: [],
      profileOf: (unitId, date) => unitOn(versions.get(unitId) ?? [], date)?.scheduleProfile,
      cityProfile: 'office_5d',
      calendar,
      deadlinesOn: policy.rules.deadlinesOn,
      zone,
      nowMs,
    })
    return row?.shares ?? []
  })
}, 120_000)

function versionsOf(events: readonly ServiceEvent[]) {
  const byUnit = new Map<string, ReturnType<typeof unitVersions>>()
  for (const version of unitVersions(events.map(known)))
    byUnit.set(version.unitId, [...(byUnit.get(version.unitId) ?? []), version])
  return byUnit
}

/** Every week's counts of a measure, added up as the queries add them. */
function counted(measure: string, window: keyof typeof weeksOfWindow): readonly string[] {
  const sums = new Map<string, [number, number]>()
  const currentWeek = mondayOf(dateIn(zone, nowMs))
  for (const { unitId, facts } of shares) {
    if (unitId === '') continue // no unit's, but the city's
    for (const fact of facts.filter((one) => one.measure === measure)) {
      let week = mondayOf(dateIn(zone, fact.atMs))
      for (let nth = 0; nth < weeksOfWindow[window]; nth++, week = addDays(week, 7)) {
        const lookMs = Math.min(cutOffMs(zone, week), nowMs)
        if (week > currentWeek || (fact.countsFromMs !== undefined && fact.countsFromMs > lookMs)) continue
        const [numerator, denominator] = sums.get(`${unitId} ${week}`) ?? [0, 0]
        sums.set(`${unitId} ${week}`, [numerator + fact.numerator, denominator + fact.denominator])
      }
    }
  }
  return [...sums]
    .filter(([, [, denominator]]) => denominator > 0)
    .map(([name, [numerator, denominator]]) => `${name} ${numerator}/${denominator}`)
    .sort()
}

const hoursLike = (hours: number | null) => (hours === null ? null : expect.closeTo(hours, 3))

describe('a city whose complaints are reassigned, waited for and reopened', () => {
  it.each([
    ['B4', 'W1', 200],
    ['B4', 'R13', 200],
    ['S8', 'W1', 10],
    ['S8', 'R13', 100],
    ['S9', 'R13', 20],
    ['S10', 'W1', 200],
    ['S10', 'R13', 200],
    ['S15', 'R13', 200],
  ] as const)('has %s over %s as a separate calculation has it', (measure, window, atLeast) => {
    const expected = oracle.unit_week_measure
      .filter((row) => row.scope === 'own' && row.measure === measure && row.window === window)
      .map((row) => `${row.unit_id} ${row.week} ${row.numerator}/${row.denominator}`)
      .sort()
    expect(counted(measure, window)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(atLeast)
  })

  it('has the time to resolve as a separate calculation has it, open cases and all', () => {
    const cases = shares.flatMap(({ unitId, duration }): TimedCase[] =>
      duration === undefined
        ? []
        : [
            {
              unitId,
              dueWeek: mondayOf(dateIn(zone, duration.ownDueMs)),
              minutes: duration.minutes ?? null,
              profile: duration.profile,
              runningFrom: duration.running.map(({ fromMs }) => fromMs),
              runningTo: duration.running.map(({ toMs }) => toMs ?? null),
            },
          ],
    )
    const config = { zone, calendar: createWorkCalendar({ zone, policy: policy.calendar }), finalAfterDays: 14 }
    const own = (unitId: string) => cases.filter((one) => one.unitId === unitId)
    expect(oracle.unit_week_duration.length).toBeGreaterThan(200)
    expect(oracle.unit_week_duration.some(({ censored }) => censored > 0)).toBe(true)
    for (const row of oracle.unit_week_duration) {
      const judged = judgeDurations(config, row.unit_id, row.week, own(row.unit_id), nowMs)
      expect(judged).toEqual({
        unitId: row.unit_id,
        week: row.week,
        cases: row.cases,
        censored: row.censored,
        medianWorkingHours: hoursLike(row.median_working_hours),
        p80WorkingHours: hoursLike(row.p80_working_hours),
      })
    }
  })
})
