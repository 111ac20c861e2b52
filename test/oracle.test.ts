import { describe, expect, test } from 'vitest'
import { createBeta } from './oracle/beta.ts'
import { createCalendar } from './oracle/calendar.ts'
import { certaintyOf } from './oracle/certainty.ts'
import { createCityTime, isoOf } from './oracle/city-time.ts'
import type { OracleEvent } from './oracle/event.ts'
import type { ScoredMeasure } from './oracle/facts.ts'
import { calculateTables, type OracleTables } from './oracle/oracle.ts'
import { type ScoreName, scoreOf } from './oracle/scores.ts'
import { standingOf } from './oracle/standing.ts'
import { lengthOfShare } from './oracle/time-to-resolve.ts'
import { winnersOf } from './oracle/winners.ts'

const zone = 'Asia/Jakarta'

/** `2026-01-05 07:30` or with seconds, on Palembang's wall. */
function wall(time: string): string {
  return `${time.replace(' ', 'T')}${time.length === 16 ? ':00' : ''}+07:00`
}

function wallMs(time: string): number {
  return Date.parse(wall(time))
}

let serial = 0

function event(type: string, time: string, data: object, more: Partial<OracleEvent> = {}): OracleEvent {
  serial += 1
  const id = `e${String(serial).padStart(6, '0')}`
  const position = { recordMs: serial, topic: 't', partition: 0, offset: serial }
  return { source: '/test', id, type: `bina.${type}.v1`, subject: '', time: wall(time), data, position, ...more }
}

function unit(unitId: string, unitType = 'kelurahan'): OracleEvent {
  return event('directory.unit', '2025-12-01 08:00', { unitId, unitType, validFrom: '2025-12-01' })
}

function rostered(personKey: string, unitId: string, validFrom: string, validTo?: string): OracleEvent {
  return event('directory.staff', '2025-12-01 09:00', { personKey, unitId, validFrom, validTo })
}

function clock(kind: 'in' | 'out', time: string, personKey = 'p-one-key', unitId = 'A'): OracleEvent {
  return event('attendance.recorded', time, { unitId, personKey, workDate: time.slice(0, 10), kind, method: 'device' })
}

function status(time: string, workDate: string, data: object): OracleEvent {
  const common = { unitId: 'A', personKey: 'p-one-key', workDate, setBy: 'city' }
  return event('attendance.status-set', time, { ...common, ...data })
}

function run(events: readonly OracleEvent[], now = '2026-03-02 06:00'): OracleTables {
  return calculateTables({ events, nowMs: wallMs(now), zone })
}

function received(time: string, data: object = {}): OracleEvent {
  const common = { complaintId: 'c', unitId: 'A', channel: 'web', kind: 'complaint', category: 'delay' }
  return event('complaint.received', time, { ...common, slaClass: 'ordinary', ...data })
}

function assigned(unitId: string, time: string, ruledBy = 'coordinator'): OracleEvent {
  return event('complaint.assigned', time, { complaintId: 'c', unitId, ruledBy })
}

function resolved(time: string, unitId = 'A', outcome = 'fixed'): OracleEvent {
  return event('resolution.resolved', time, { complaintId: 'c', unitId, outcome })
}

function about(kind: string, time: string, data: object = {}): OracleEvent {
  return event(kind, time, { complaintId: 'c', ...data })
}

function rowsOf(tables: OracleTables, window: string): string[] {
  return tables.unit_week_measure
    .filter((row) => row.window === window)
    .map((row) => `${row.unit_id} ${row.week} ${row.measure} ${row.numerator}/${row.denominator}`)
}

/** Those that enter a score. */
function counts(tables: OracleTables, window: string): string[] {
  return rowsOf(tables, window).filter((row) => !/ (A4|A5\S+|B[1234]|S(8|9|10|15)) /.test(row))
}

/** One of the others, over thirteen weeks. */
function watched(tables: OracleTables, measure: string): string[] {
  return rowsOf(tables, 'R13').filter((row) => row.includes(` ${measure} `))
}

describe('which events count', () => {
  const named = (id: string, time: string, more: Partial<OracleEvent> = {}) =>
    event('coaching.held', time, {}, { id, ...more })
  const withdrawing = (id: string, withdrawnId: string, reason = 'mistake') =>
    event('event.withdrawn', '2026-01-09 08:00', { withdrawnId, reason }, { id })
  const standing = (...events: OracleEvent[]) => standingOf(events).map(({ id }) => id)

  test('of two contents under one identity the one that lay first on the broker wins', () => {
    const position = { recordMs: 5, topic: 'b', partition: 1, offset: 9 }
    const first = named('x', '2026-01-05 08:00', { subject: 'first', position })
    const others = [{ recordMs: 6 }, { topic: 'c' }, { partition: 2 }, { offset: 10 }].map((later) =>
      named('x', '2026-01-04 08:00', { position: { ...position, ...later } }),
    )
    expect(winnersOf([...others, first]).map(({ subject }) => subject)).toEqual(['first'])
  })

  test('an event replaces its predecessor even after it was replaced itself', () => {
    const a = named('a', '2026-01-05 08:00')
    const b = named('b', '2026-01-05 09:00', { supersedes: 'a' })
    const c = named('c', '2026-01-05 10:00', { supersedes: 'b' })
    expect(standing(c, a, b)).toEqual(['c'])
    expect(standing(a, b, withdrawing('w', 'b'))).toEqual(['a', 'w'])
    expect(standing(a, b, withdrawing('w', 'b'), withdrawing('x', 'w'))).toEqual(['b', 'x'])
  })

  test('of a cycle the last event stands, unless a withdrawal opens the cycle', () => {
    const a = named('a', '2026-01-05 08:00', { supersedes: 'c' })
    const b = named('b', '2026-01-05 10:00', { supersedes: 'a' })
    const c = named('c', '2026-01-05 09:00', { supersedes: 'b' })
    expect(standing(a, b, c)).toEqual(['b'])
    expect(standing(a, b, c, withdrawing('w', 'c'))).toEqual(['b', 'w'])
    expect(standing(a, b, c, withdrawing('w', 'b'))).toEqual(['a', 'w'])
    expect(standing(a, b, c, named('d', '2026-01-05 07:00', { supersedes: 'b' }))).toEqual(['d'])
    expect(standing(named('s', '2026-01-05 08:00', { supersedes: 's' }))).toEqual(['s'])
  })
})

describe('the calendar', () => {
  const calendar = createCalendar(createCityTime(zone))

  test('a usual week has 37.5 working hours, one in Ramadan 32.5, the week of Idul Fitri 2026 a single day', () => {
    const hours = (from: string, to: string) =>
      calendar.workedMs(wallMs(`${from} 00:00`), wallMs(`${to} 00:00`)) / 3_600_000
    expect(hours('2026-01-05', '2026-01-12')).toBe(37.5)
    expect(hours('2026-02-23', '2026-03-02')).toBe(32.5)
    expect(hours('2026-03-16', '2026-03-23')).toBe(13)
    expect(hours('2026-03-23', '2026-03-30')).toBe(22.5)
  })

  test('a span of working days ends at a close of business, and time runs on after the break', () => {
    expect(isoOf(calendar.closeAfter('2026-03-17', 2))).toBe('2026-03-26T09:00:00.000Z')
    expect(isoOf(calendar.closeAfter('2026-02-20', 5))).toBe('2026-02-27T08:30:00.000Z')
    const from = wallMs('2026-01-09 11:00')
    expect(isoOf(calendar.after(from, 31 * 60_000))).toBe('2026-01-09T06:01:00.000Z')
    expect(isoOf(calendar.after(from, 30 * 60_000))).toBe('2026-01-09T04:30:00.000Z')
  })
})

describe('person-days', () => {
  const day = (events: readonly OracleEvent[]) => run([unit('A'), ...events]).person_day[0]

  test('minutes are rounded down, and half an hour can be made up', () => {
    expect(day([clock('in', '2026-01-05 07:31:59'), clock('out', '2026-01-05 16:01')])).toMatchObject({
      ...{ status: 'present', late_minutes: 1, late_class: 'TL1', made_up: 1, early_minutes: 0, early_class: '' },
    })
    expect(day([clock('in', '2026-01-05 08:05'), clock('out', '2026-01-05 15:29:30')])).toMatchObject({
      ...{ late_minutes: 35, late_class: 'TL2', made_up: 0, early_minutes: 30, early_class: 'PSW1' },
    })
  })

  test('without a clock-out the early class is the highest, with a clock-out alone the day is unexcused', () => {
    const noOut = [unit('A'), clock('in', '2026-01-05 07:00')]
    expect(run(noOut).person_day[0]).toMatchObject({ status: 'present', early_minutes: 91, early_class: 'PSW4' })
    expect(counts(run(noOut), 'W1')).toEqual(['A 2026-01-05 A1 1/1', 'A 2026-01-05 A2 1/1', 'A 2026-01-05 A3 0/1'])
    expect(day([clock('out', '2026-01-05 17:00')])).toMatchObject({ status: 'unexcused', early_minutes: 0 })
  })

  test('leave set after the third working day is retroactive, a unit cannot declare an outage', () => {
    const leave = { status: 'excused_leave' }
    expect(day([status('2026-01-08 16:00', '2026-01-05', leave)])).toMatchObject({ ...leave, retroactive: 0 })
    expect(day([status('2026-01-08 16:00:01', '2026-01-05', leave)])).toMatchObject({ ...leave, retroactive: 1 })
    const outage = status('2026-01-05 12:00', '2026-01-05', { status: 'outage', setBy: 'unit' })
    expect(day([clock('in', '2026-01-05 07:00'), outage])).toMatchObject({ status: 'present' })
    expect(day([clock('in', '2026-01-16 07:00')])).toMatchObject({ status: 'not_scheduled' })
  })

  test('the minutes of a set presence replace the punches, and an excused lateness is on time', () => {
    const set = status('2026-01-06 08:00', '2026-01-05', { status: 'present', lateMinutes: 95, lateExcused: true })
    const tables = run([unit('A'), clock('in', '2026-01-05 07:00'), clock('out', '2026-01-05 16:00'), set])
    expect(tables.person_day[0]).toMatchObject({ late_minutes: 95, late_class: 'TL4', made_up: 0, early_minutes: 0 })
    expect(counts(tables, 'W1')).toEqual(['A 2026-01-05 A1 1/1', 'A 2026-01-05 A2 1/1', 'A 2026-01-05 A3 1/1'])
  })

  test('rostered people are absent on working days that have ended; a silent unit of five has an outage', () => {
    const four = ['p1', 'p2', 'p3', 'p4'].map((key) => rostered(key, 'A', '2026-01-09'))
    const absent = run([unit('A'), ...four], '2026-01-13 23:59')
    expect(absent.person_day.map((row) => `${row.work_date} ${row.status}`)).toEqual([
      ...Array(4).fill('2026-01-09 unexcused'),
      ...Array(4).fill('2026-01-12 unexcused'),
    ])
    const fifth = [unit('A'), ...four, rostered('p5', 'A', '2026-01-12')]
    const silent = run(fifth, '2026-01-13 23:59')
    expect(counts(silent, 'W1')).toEqual(['A 2026-01-05 A1 0/4', 'A 2026-01-05 A2 0/4', 'A 2026-01-05 A3 0/4'])
    const recorded = run([...fifth, clock('in', '2026-01-12 07:00', 'p5')], '2026-01-13 23:59')
    expect(counts(recorded, 'W1')).toContain('A 2026-01-12 A1 1/5')
  })

  test('minutes, their classes, excuses and records made by hand are watched beside the scores', () => {
    const events = [
      ...[unit('A'), clock('in', '2026-01-05 07:50'), clock('out', '2026-01-05 10:00')],
      ...[clock('in', '2026-01-06 07:30'), clock('out', '2026-01-06 16:00')],
      status('2026-01-20 08:00', '2026-01-07', { status: 'official_duty' }),
      status('2026-01-07 08:00', '2026-01-08', { status: 'excused_leave' }),
      event('attendance.recorded', '2026-01-09 07:20', {
        ...{ unitId: 'A', personKey: 'p-one-key', workDate: '2026-01-09', kind: 'in', method: 'manual' },
      }),
    ]
    const watched = rowsOf(run(events, '2026-01-11 00:00'), 'R4').filter((one) => / (A4|A5|B).* [1-9]\d*\//.test(one))
    // 20 late and 360 early, none, and 91 for the missing clock-out.
    expect(watched).toEqual([
      'A 2026-01-05 A4 471/3',
      'A 2026-01-05 A5.PSW4 2/3',
      'A 2026-01-05 A5.TL1 1/3',
      'A 2026-01-05 B1 2/5',
      'A 2026-01-05 B2 1/2',
      'A 2026-01-05 B3 1/5',
    ])
  })

  test('erasure takes the row away and moves no figure of the unit; an unknown unit has neither', () => {
    const punch = clock('in', '2026-01-05 07:00')
    const erased = event('event.withdrawn', '2026-01-09 08:00', { withdrawnId: punch.id, reason: 'erasure' })
    const tables = run([unit('A'), punch, erased])
    expect(tables.person_day).toEqual([])
    expect(counts(tables, 'W1')).toContain('A 2026-01-05 A1 1/1')
    expect(run([punch, received('2026-01-05 10:00')])).toMatchObject({ person_day: [], unit_day: [], complaint: [{}] })
  })

  test('a check counts for people whose day says at work, in the unit of the roster', () => {
    const check = (personKey: string, outcome: string) =>
      event('attendance.spot-checked', '2026-01-05 10:00', { unitId: 'B', personKey, checkId: 'k', outcome })
    const events = [
      ...[unit('A'), unit('B'), rostered('p1', 'A', '2026-01-05'), clock('in', '2026-01-05 07:00', 'p1', 'B')],
      ...[check('p1', 'confirmed'), check('p1', 'unreachable'), check('p1', 'invalid')],
      ...[rostered('p2', 'A', '2026-01-05'), check('p2', 'not_found')],
    ]
    expect(counts(run(events, '2026-01-06 00:00'), 'W1')).toContain('A 2026-01-05 C1 1/2')
  })
})

describe('complaints', () => {
  const start = [unit('A'), unit('B'), received('2026-01-05 10:00'), assigned('A', '2026-01-05 13:00')]

  test('deadlines are closes of business counted from the receipt date', () => {
    const row = run(start).complaint[0]
    expect(row).toMatchObject({ response_due_at: '2026-01-12T09:00:00.000Z', due_at: '2026-01-26T09:00:00.000Z' })
    expect(row).toMatchObject({ accountable_unit_id: 'A', state: 'open', overdue: 1, outcome: '', resolved_at: null })
    const light = [...start, about('complaint.verified', '2026-01-06 08:00', { slaClass: 'light' })]
    expect(run(light).complaint[0]).toMatchObject({ response_due_at: '2026-01-07T09:00:00.000Z', sla_class: 'light' })
    expect(run(light).complaint_custody[0]).toMatchObject({ own_due_at: '2026-01-08T09:00:00.000Z' })
  })

  test('the evening of the last day is in time for the unit, the next working minute is not', () => {
    const evening = run([...start, resolved('2026-01-26 20:00')])
    expect(evening.complaint_custody[0]).toMatchObject({ working_minutes: 6480, budget_minutes: 6480, failed: 0 })
    expect(counts(evening, 'W1')).toEqual(['A 2026-01-12 S1 0/1', 'A 2026-01-26 S2 1/1'])
    const next = run([...start, resolved('2026-01-27 07:31')])
    expect(next.complaint_custody[0]).toMatchObject({ working_minutes: 6481, failure_reason: 'overdue' })
    expect(counts(next, 'W1')).toContain('A 2026-01-26 S2 0/1')
  })

  test('a unit answers by its own third day when that is later; no case counts before its due has come', () => {
    const taken = [unit('A'), received('2026-01-05 10:00', { slaClass: 'light' }), assigned('A', '2026-01-06 13:00')]
    const answered = [...taken, about('resolution.responded', '2026-01-09 19:00', { substantive: true })]
    expect(counts(run(answered, '2026-01-09 16:29'), 'W1')).toEqual([])
    expect(counts(run(answered, '2026-01-09 16:30'), 'W1')).toEqual(['A 2026-01-05 S1 1/1', 'A 2026-01-05 S2 0/1'])
  })

  test('forwarding after three working days is charged, once, beside the unit that takes over', () => {
    const forward = (time: string) => run([...start, assigned('B', time, 'unit'), resolved('2026-01-12 08:00', 'B')])
    expect(forward('2026-01-08 20:00').complaint_custody.map((row) => row.failure_reason)).toEqual(['', ''])
    const late = forward('2026-01-09 07:31')
    expect(late.complaint_custody.map((row) => row.failure_reason)).toEqual(['late_forward', ''])
    expect(counts(late, 'W1')).toEqual(['A 2026-01-26 S2 0/1', 'B 2026-01-12 S1 1/1', 'B 2026-01-26 S2 1/1'])
  })

  test('a unit is charged once for a complaint, by its first failure, also when it holds it again', () => {
    const again = [assigned('B', '2026-01-09 07:31', 'unit'), assigned('A', '2026-02-02 08:00')]
    const tables = run([...start, ...again, resolved('2026-02-02 09:00')])
    expect(tables.complaint_custody.map((row) => row.failure_reason)).toEqual(['late_forward', 'overdue', ''])
    const charged = counts(tables, 'R26').filter((count) => count.includes('2026-02-23 S2'))
    expect(charged).toEqual(['A 2026-02-23 S2 0/1', 'B 2026-02-23 S2 0/1'])
    expect(tables.unit_day.filter((row) => row.resolutions_due > 0).map((row) => `${row.unit_id} ${row.day}`)).toEqual([
      'A 2026-01-26',
      'B 2026-01-26',
    ])
  })

  test('a unit that the coordinator relieves is charged only when its minutes exceed its budget', () => {
    const relieved = (time: string) => run([...start, assigned('B', time)]).complaint_custody[0]?.failure_reason
    expect(relieved('2026-01-26 15:00')).toBe('')
    expect(relieved('2026-01-27 07:31')).toBe('overdue')
  })

  test('a complaint that soon comes back is one custody, whose minutes ran on', () => {
    const back = run([...start, assigned('B', '2026-01-06 07:30', 'unit'), assigned('A', '2026-01-07 07:30', 'unit')])
    const rows = back.complaint_custody.map((row) => ({ unit: row.unit_id, to: row.to_at, reason: row.failure_reason }))
    expect(rows).toEqual([
      { unit: 'A', to: null, reason: 'overdue' },
      { unit: 'B', to: '2026-01-07T00:30:00.000Z', reason: '' },
    ])
    const late = [...start, assigned('B', '2026-01-06 07:30', 'unit'), assigned('A', '2026-01-22 07:31', 'unit')]
    expect(run(late).complaint_custody.map((row) => row.unit_id)).toEqual(['A', 'B', 'A'])
  })

  test('waiting stops the own due for at most ten working days and never the city clock', () => {
    const asked = about('complaint.waiting', '2026-01-06 07:30', { contactLogged: true })
    const open = [unit('A'), received('2026-01-05 07:00', { slaClass: 'normative' }), assigned('A', '2026-01-05 07:30')]
    const resumed = run([...open, asked, about('complaint.resumed', '2026-01-07 07:30')])
    expect(resumed.complaint_custody[0]).toMatchObject({ own_due_at: '2026-01-13T09:00:00.000Z', budget_minutes: 2700 })
    expect(resumed.complaint[0]).toMatchObject({ due_at: '2026-01-12T09:00:00.000Z' })
    expect(run([...open, asked]).complaint_custody[0]).toMatchObject({ own_due_at: '2026-01-28T09:00:00.000Z' })
    expect(run([...open, asked], '2026-01-21 15:59').complaint[0]).toMatchObject({ state: 'waiting', overdue: 1 })
    expect(run([...open, asked], '2026-01-21 16:00').complaint[0]).toMatchObject({ state: 'open' })
  })

  test("a reopening within thirty days turns a success into a failure; the pause is in nobody's minutes", () => {
    const again = [...start, resolved('2026-01-06 16:00'), about('resolution.reopened', '2026-01-08 07:30')]
    const tables = run([...again, resolved('2026-01-08 08:30', 'A', 'closed_silent')])
    expect(tables.complaint_custody[0]).toMatchObject({ working_minutes: 690, failure_reason: 'reopened' })
    expect(tables.complaint[0]).toMatchObject({ state: 'closed_silent', reopened_at: '2026-01-08T00:30:00.000Z' })
    const late = [...start, resolved('2026-01-06 16:00'), about('resolution.reopened', '2026-02-05 16:00:01')]
    expect(run(late).complaint[0]).toMatchObject({ state: 'resolved', reopened_at: null })
  })

  test('the backlog is looked at on the cut-off: open past its due, then closed', () => {
    const tables = run([...start, resolved('2026-02-04 10:00')], '2026-02-10 12:00')
    expect(counts(tables, 'R52')).toEqual(['A 2026-01-26 S4 0/1', 'A 2026-02-02 S4 1/1', 'A 2026-02-09 S4 1/1'])
  })

  test('only the coordinator excludes; suggestions and severe cases do not count; audits go with the closure', () => {
    const audited = (data: object) => about('resolution.audited', '2026-02-12 08:00', { unitId: 'A', ...data })
    const closed = [...start, resolved('2026-01-08 08:00'), audited({ result: 'verified', auditorUnitId: 'B' })]
    const more = [audited({ result: 'unreachable' }), audited({ result: 'not_fixed', auditorUnitId: 'A' })]
    expect(counts(run([...closed, ...more]), 'W1')).toContain('A 2026-01-05 S3 1/1')
    const excluded = (ruledBy: string) =>
      about('complaint.excluded', '2026-01-07 08:00', { reason: 'invalid', ruledBy })
    expect(counts(run([...closed, excluded('coordinator')]), 'R13')).toEqual([])
    expect(run([...closed, excluded('unit')]).complaint[0]).toMatchObject({ state: 'resolved', excluded_reason: '' })
    const severe = about('complaint.verified', '2026-01-06 08:00', { category: 'illegal_fee' })
    const rated = about('resolution.rated', '2026-01-20 08:00', { unitId: 'B', answers: { conduct: 4, time: 1 } })
    expect(counts(run([...closed, rated, severe]), 'R13')).toEqual([])
    expect(counts(run([...closed, rated]), 'W1')).toEqual(
      expect.arrayContaining(['B 2026-01-19 S5 0.5/1', 'B 2026-01-19 S6 1/1']),
    )
  })
})

describe('measures that are watched and not scored', () => {
  const start = [unit('A'), unit('B'), received('2026-01-05 10:00'), assigned('A', '2026-01-05 13:00')]

  test('a resolution is asked whether it lasted once its thirty days are over, in the week of its due', () => {
    const done = [...start, resolved('2026-01-06 16:00')]
    expect(watched(run(done, '2026-02-05 15:59:59'), 'S8')).toEqual([])
    expect(watched(run(done, '2026-02-05 16:00'), 'S8')).toEqual(['A 2026-02-02 S8 0/1'])
    const again = [...done, about('resolution.reopened', '2026-01-20 10:00'), resolved('2026-01-21 10:00')]
    expect(watched(run(again, '2026-02-10 10:00'), 'S8')).toEqual(['A 2026-02-02 S8 1/1', 'A 2026-02-09 S8 1/1'])
  })

  test('forwards and refusals count in the week of the act, late ones after three working days', () => {
    const refused = (time: string) => about('complaint.excluded', time, { reason: 'not_ours', ruledBy: 'unit' })
    const early = [...start, refused('2026-01-07 09:00'), assigned('B', '2026-01-08 10:00', 'unit')]
    expect(watched(run(early, '2026-01-09 10:00'), 'S9')).toEqual(['A 2026-01-05 S9 0/2'])
    const late = [...start, refused('2026-01-09 07:31'), assigned('B', '2026-01-12 10:00')]
    expect(watched(run(late, '2026-01-13 10:00'), 'S9')).toEqual(['A 2026-01-05 S9 1/1', 'A 2026-01-12 S9 1/1'])
  })

  test('what the coordinator excludes counts by receipt, with whoever answers for it at last', () => {
    const excluded = about('complaint.excluded', '2026-01-07 08:00', { reason: 'invalid', ruledBy: 'coordinator' })
    const moved = [...start, assigned('B', '2026-01-06 10:00'), excluded]
    expect(watched(run(moved, '2026-01-09 10:00'), 'S10')).toEqual(['B 2026-01-05 S10 1/1'])
  })

  test('answers and invitations each stand in their own week', () => {
    const invited = about('resolution.rating-invited', '2026-01-07 10:00', { unitId: 'A' })
    const rated = about('resolution.rated', '2026-01-13 08:00', { unitId: 'A', answers: { conduct: 4 } })
    expect(watched(run([...start, rated, invited], '2026-01-14 10:00'), 'S15')).toEqual([
      'A 2026-01-05 S15 0/1',
      'A 2026-01-12 S15 1/1',
    ])
  })
})

describe('time to resolve', () => {
  test('what is open hands its weight on to what lasts longer', () => {
    // Weeks of remission on 6-mercaptopurine (Freireich and others 1963).
    const over = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((minutes) => ({ minutes, over: true }))
    const open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((minutes) => ({ minutes, over: false }))
    expect(lengthOfShare(0.5, [...open, ...over])).toBe(23)
    expect(lengthOfShare(0.25, [...open, ...over])).toBe(13)
    expect(lengthOfShare(0.8, [...open, ...over])).toBeNull()
  })

  test('asks the last custody, in its own working hours, once its due has come', () => {
    const start = [unit('A'), unit('B'), received('2026-01-05 10:00'), assigned('A', '2026-01-05 13:00')]
    const moved = [...start, assigned('B', '2026-01-06 07:30'), resolved('2026-01-06 10:00', 'B')]
    expect(run(moved, '2026-01-26 15:59').unit_week_duration).toEqual([])
    expect(run(moved, '2026-01-26 16:00').unit_week_duration).toMatchObject([
      { unit_id: 'B', week: '2026-01-26', cases: 1, censored: 0, median_working_hours: 2.5, p80_working_hours: 2.5 },
    ])
    expect(run(start, '2026-01-26 16:00').unit_week_duration).toMatchObject([
      { unit_id: 'A', cases: 1, censored: 1, median_working_hours: null },
    ])
  })

  test('a complaint counts those that are merged into it, as long as they are', () => {
    const other = [received('2026-01-06 10:00', { complaintId: 'd' })]
    const merge = about('complaint.excluded', '2026-01-07 08:00', {
      complaintId: 'd',
      ...{ reason: 'duplicate', mergedInto: 'c', ruledBy: 'coordinator' },
    })
    const rows = (events: readonly OracleEvent[]) =>
      run(events).complaint.map((row) => `${row.complaint_id} ${row.supporters} ${row.merged_into}`)
    expect(rows([received('2026-01-05 10:00'), ...other, merge])).toEqual(['c 1 ', 'd 0 c'])
    const undone = event('event.withdrawn', '2026-01-09 08:00', { withdrawnId: merge.id, reason: 'mistake' })
    expect(rows([received('2026-01-05 10:00'), ...other, merge, undone])).toEqual(['c 0 ', 'd 0 '])
  })
})

describe('measures and scores', () => {
  type Counts = Partial<Record<ScoredMeasure, readonly [number, number]>>
  const score = (name: ScoreName, given: Counts) =>
    scoreOf(name, (measure) => ({ numerator: given[measure]?.[0] ?? 0, denominator: given[measure]?.[1] ?? 0 }), true)
  const staff: Counts = { A1: [221, 228], A2: [190, 228], A3: [205, 228] }
  const ratings: Counts = { S5: [7.2, 9], S6: [6.3, 9] }
  const onTime: Counts = { S1: [14, 14], S2: [13, 13], S4: [50, 50], ...ratings }

  test.each<[string, ScoreName, Counts, number, number | null, number | null]>([
    ['7 of 8 checks', 'discipline', { ...staff, C1: [7, 8] }, 77.51, 65.1, 86.8],
    ['3 of 8 checks', 'discipline', { ...staff, C1: [3, 8] }, 46.83, 36.0, 65.3],
    ['no checks', 'discipline', staff, 82.12, 69.9, 88.5],
    ['no attendance', 'discipline', {}, 77.5, null, null],
    ['a quarter', 'service', { S1: [11, 14], S2: [9, 13], S3: [4, 5], S4: [47, 50], ...ratings }, 66.34, 57.8, 74.7],
    ['false closing', 'service', { ...onTime, S3: [1, 5] }, 67.56, null, null],
    ['honest closing', 'service', { ...onTime, S3: [5, 5] }, 80.29, 72.4, 87.3],
    ['no cases', 'service', {}, 67.5, null, null],
  ])('worked case: %s', (_, name, given, value, lower, upper) => {
    const judged = score(name, given)
    expect(Math.abs((judged.value ?? Number.NaN) - value)).toBeLessThan(0.01)
    if (lower !== null) expect(Math.abs(judged.lower80 - lower)).toBeLessThan(0.5)
    if (upper !== null) expect(Math.abs(judged.upper80 - upper)).toBeLessThan(0.5)
  })

  test('the terms are points before weighting', () => {
    const judged = score('service', { S1: [11, 14], S2: [9, 13], S3: [4, 5], S4: [47, 50], ...ratings })
    const terms = Object.entries(judged.terms).map(([name, points]) => `${name} ${points.toFixed(1)}`)
    expect(terms.slice(0, 2)).toEqual(['response 71.7', 'verified_resolution 55.1'])
    expect(terms.slice(2)).toEqual(['satisfaction 73.1', 'courtesy_clarity 66.9', 'no_stale_backlog 80.6'])
  })

  test('quantiles of the Beta distribution are exact', () => {
    expect(createBeta(10.5, 0.5).quantile(0.025)).toBeCloseTo(0.7828037324907894, 9)
    expect(createBeta(2038, 52).quantile(0.9)).toBeCloseTo(0.9793766933540571, 9)
    expect(createBeta(2.5, 0.5).cdf(0.3)).toBeCloseTo(0.018927124071945606, 12)
  })

  test('scores run from the first fact to the running week, hidden under forty person-days, final after two weeks', () => {
    const people = ['p1', 'p2', 'p3', 'p4']
    const days = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09', '2026-01-12', '2026-01-13']
    const punches = [...days, '2026-01-14', '2026-01-15', '2026-01-19'].flatMap((date) =>
      people.flatMap((key) => [clock('in', `${date} 07:00`, key), clock('out', `${date} 17:00`, key)]),
    )
    const tables = run([unit('A'), unit('D', 'opd'), ...punches, ...punches], '2026-02-02 00:00')
    const rows = tables.unit_week_score.filter((row) => row.score === 'discipline')
    expect(rows.map((row) => `${row.week} ${row.confidence === 'hidden' ? 'hidden' : 'shown'} ${row.status}`)).toEqual([
      '2026-01-05 hidden final',
      '2026-01-12 hidden final',
      '2026-01-19 shown provisional',
      '2026-01-26 shown provisional',
      '2026-02-02 hidden provisional',
    ])
    expect(rows[0]).toMatchObject({ unit_id: 'A', value: null, band: 'not_enough_data' })
    expect(tables.unit_week_measure.find((row) => row.week === '2026-01-19' && row.window === 'R4')).toMatchObject({
      ...{ measure: 'A1', numerator: 40, denominator: 40, estimate: 78 / 80 },
    })
  })

  test('a service score of few cases looks at half a year, and is hidden under five', () => {
    const cases = (many: number) =>
      Array.from({ length: many }, (_, i) => [
        received('2026-01-05 10:00', { complaintId: `c${i}` }),
        event('complaint.assigned', '2026-01-05 13:00', { complaintId: `c${i}`, unitId: 'A', ruledBy: 'coordinator' }),
        event('resolution.resolved', '2026-01-12 08:00', { complaintId: `c${i}`, unitId: 'A', outcome: 'fixed' }),
      ]).flat()
    const service = (many: number) =>
      run([unit('A'), ...cases(many)], '2026-06-15 06:00')
        .unit_week_score.filter((row) => row.score === 'service')
        .at(-1)
    expect(service(5)).toMatchObject({
      week: '2026-06-15',
      terms: { response: expect.closeTo((100 * (0.84 - 0.4)) / 0.55) },
    })
    expect(service(5)?.value).not.toBeNull()
    expect(service(4)).toMatchObject({ value: null, confidence: 'hidden', band: 'not_enough_data' })
  })

  test('near a cut neither band nor confidence is compared', () => {
    const certain = { value: true, confidence: true, band: true }
    expect(certaintyOf({ lower80: 65, upper80: 83, confidence: 'medium' })).toEqual(certain)
    expect(certaintyOf({ lower80: 60.2, upper80: 75, confidence: 'medium' })).toEqual({ ...certain, band: false })
    expect(certaintyOf({ lower80: 50, upper80: 70.3, confidence: 'low' })).toEqual({ ...certain, confidence: false })
    expect(certaintyOf({ lower80: 50, upper80: 70.3, confidence: 'hidden' })).toEqual(certain)
  })
})
