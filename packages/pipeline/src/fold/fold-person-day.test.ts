import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type StaffVersion, staffVersions } from './directory.ts'
import { foldPersonDay, type PersonDayInput } from './fold-person-day.ts'
import type { KnownEvent } from './known-event.ts'
import { liveEvents, revisionOf } from './live-events.ts'
import type { PersonDay, PersonDayFold } from './person-day.ts'
import { at, attendanceRules, calendar, zone } from './test-city.ts'
import { clock, event, PERSON, type StatusData, spotCheck, statusSet, withdrawal } from './test-events.ts'

const MONDAY = '2026-07-06'
const onMonday = (time: string) => `${MONDAY} ${time}`

function rosteredIn(unitId: string, validTo?: string, scheduleProfile = 'office_5d'): readonly StaffVersion[] {
  const validity = { validFrom: '2026-01-01', ...(validTo === undefined ? {} : { validTo }) }
  const data = { personKey: PERSON, unitId, scheduleProfile, ...validity }
  return staffVersions([event('bina.directory.staff.v1', '2026-01-01 08:00', data)])
}

/** The person is on A's roster, and the month is over. */
function fold(events: readonly KnownEvent[], other: Partial<PersonDayInput> = {}): PersonDayFold {
  return foldPersonDay({
    personKey: PERSON,
    workDate: MONDAY,
    events,
    staff: rosteredIn('A'),
    everNamed: [],
    unitProfileOn: () => undefined,
    calendar,
    attendanceRulesOn: () => attendanceRules,
    zone,
    nowMs: at('2026-08-01'),
    ...other,
  })
}

function rowOf(events: readonly KnownEvent[], other: Partial<PersonDayInput> = {}): PersonDay {
  const { row } = fold(events, other)
  if (row === undefined) throw new Error('no row')
  return row
}

const fullDay = [clock('in', onMonday('07:25')), clock('out', onMonday('16:05'))]

describe('a shift over midnight', () => {
  const night = (events: readonly KnownEvent[], now = '2026-08-01') =>
    fold(events, {
      workDate: '2026-07-09',
      staff: rosteredIn('A', undefined, 'night'),
      nowMs: at(now),
      unitProfileOn: () => 'night',
    })
  const came = clock('in', '2026-07-09 21:10')
  const left = clock('out', '2026-07-10 07:15', { workDate: '2026-07-09' })

  it('is a day of the date on which it starts, up to its end on the next', () => {
    expect(night([came, left]).row).toMatchObject({ status: 'present', lateMinutes: 10, madeUp: true, fullDay: true })
    expect(night([came]).row).toMatchObject({ earlyMinutes: 91, fullDay: false })
    expect(night([came, left]).findings).toEqual([])
  })

  it('is not counted before it is over: nobody is absent from what still goes on', () => {
    const before = night([], '2026-07-10 06:59')
    expect([before.row, before.nextChangeAtMs]).toEqual([undefined, at('2026-07-10 07:00')])
    expect(night([], '2026-07-10 07:00').row?.status).toBe('unexcused')
  })
})

describe('a day at work', () => {
  it('is on time and full from before the shift’s start to after its end', () => {
    expect(rowOf(fullDay)).toEqual({
      unitId: 'A',
      personKey: PERSON,
      workDate: MONDAY,
      status: 'present',
      lateMinutes: 0,
      earlyMinutes: 0,
      lateClass: '',
      earlyClass: '',
      madeUp: false,
      retroactive: false,
      manualRecord: false,
      onTime: true,
      fullDay: true,
      clockRecords: 2,
      manualRecords: 0,
      lostMinutes: 0,
      heard: true,
      checksConfirmed: 0,
      checksFailed: 0,
      checkWeights: { confirmed: 0, all: 0, squared: 0 },
    })
  })

  it.each([
    [
      'a clock-in 59 seconds after the start is not late',
      '07:30:59',
      '16:00',
      { lateMinutes: 0, lateClass: '', onTime: true },
    ],
    [
      'a clock-in one minute after the start is late',
      '07:31',
      '16:00',
      { lateMinutes: 1, lateClass: 'TL1', onTime: false },
    ],
    ['half an hour late is the first class', '08:00', '16:00', { lateMinutes: 30, lateClass: 'TL1' }],
    ['31 minutes late are the second class', '08:01:30', '16:00', { lateMinutes: 31, lateClass: 'TL2' }],
    ['90 minutes late are the third class', '09:00', '16:00', { lateMinutes: 90, lateClass: 'TL3' }],
    ['91 minutes late are the fourth class', '09:01', '16:00', { lateMinutes: 91, lateClass: 'TL4' }],
    ['the break is not taken off a lateness that spans it', '13:30', '16:00', { lateMinutes: 360, lateClass: 'TL4' }],
    ['a clock-out 59 seconds before the end is not early', '07:30', '15:59:01', { earlyMinutes: 0, fullDay: true }],
    [
      'a clock-out one minute before the end is early',
      '07:30',
      '15:59',
      { earlyMinutes: 1, earlyClass: 'PSW1', fullDay: false },
    ],
    ['an hour early is the second class', '07:30', '15:00', { earlyMinutes: 60, earlyClass: 'PSW2' }],
    ['an hour and a half early is the third class', '07:30', '14:30', { earlyMinutes: 90, earlyClass: 'PSW3' }],
    ['more is the fourth class', '07:30', '14:29', { earlyMinutes: 91, earlyClass: 'PSW4' }],
    [
      'a late clock-in that is made up the same day counts as on time',
      '07:45',
      '16:15',
      { madeUp: true, onTime: true, lateMinutes: 15, lateClass: 'TL1' },
    ],
    ['staying a minute less than was missed makes nothing up', '07:45', '16:14', { madeUp: false, onTime: false }],
    ['half an hour can be made up', '08:00', '16:30', { madeUp: true, onTime: true }],
    ['more than half an hour cannot be made up', '08:01', '17:30', { madeUp: false, onTime: false }],
    ['who was in time has nothing to make up', '07:30', '18:00', { madeUp: false, onTime: true }],
  ])('%s', (_, timeIn, timeOut, expected) => {
    expect(rowOf([clock('in', onMonday(timeIn)), clock('out', onMonday(timeOut))])).toMatchObject(expected)
  })

  it('goes by the first in and the last out', () => {
    const comings = ['07:40', '07:20', '13:05'].map((time) => clock('in', onMonday(time)))
    const goings = ['12:00', '16:10', '15:00'].map((time) => clock('out', onMonday(time)))
    expect(rowOf([...comings, ...goings])).toMatchObject({ lateMinutes: 0, earlyMinutes: 0, clockRecords: 6 })
  })

  it('keeps to Friday’s longer hours', () => {
    const friday = '2026-07-10'
    const punches = [clock('in', `${friday} 07:30`), clock('out', `${friday} 16:00`)]
    expect(rowOf(punches, { workDate: friday })).toMatchObject({ earlyMinutes: 30, earlyClass: 'PSW1' })
  })

  it('has no clock-out: the fourth class of leaving early, and no full day', () => {
    expect(rowOf([clock('in', onMonday('07:20'))])).toMatchObject({
      status: 'present',
      earlyMinutes: 91,
      earlyClass: 'PSW4',
      fullDay: false,
      onTime: true,
    })
  })

  it('has only a clock-out: unexcused', () => {
    expect(rowOf([clock('out', onMonday('16:10'))])).toMatchObject({
      status: 'unexcused',
      onTime: false,
      fullDay: false,
      earlyMinutes: 0,
      clockRecords: 1,
    })
  })

  it('is judged as it stands when the clock-out comes before the clock-in', () => {
    const swapped = [clock('out', onMonday('07:31')), clock('in', onMonday('15:59'))]
    expect(rowOf(swapped)).toMatchObject({ lateMinutes: 509, earlyMinutes: 509, onTime: false, fullDay: false })
  })

  it('comes to no more than a day’s minutes when a punch is told for a date that it does not belong to', () => {
    const strayed = [
      clock('in', '2026-07-20 07:30', { workDate: MONDAY }),
      clock('out', '2026-06-20 16:00', { workDate: MONDAY }),
    ]
    expect(rowOf(strayed)).toMatchObject({ lateMinutes: 1440, earlyMinutes: 1440 })
  })

  it('counts every clock record, and those made by hand', () => {
    const byHand = [clock('in', onMonday('07:20'), { method: 'manual' }), clock('out', onMonday('16:10'))]
    expect(rowOf(byHand)).toMatchObject({ manualRecord: true, clockRecords: 2, manualRecords: 1 })
  })

  it('allows a tolerance, if the rules of the date have one, without changing the class', () => {
    const rules = { ...attendanceRules, toleranceMinutes: 5 }
    const late = [clock('in', onMonday('07:35')), clock('out', onMonday('16:00'))]
    expect(rowOf(late, { attendanceRulesOn: () => rules })).toMatchObject({
      onTime: true,
      lateMinutes: 5,
      lateClass: 'TL1',
    })
  })
})

describe('the status of a day', () => {
  const leave: Partial<StatusData> = { status: 'excused_leave' }

  it.each<[string, readonly KnownEvent[], PersonDay['status']]>([
    ['leave excuses', [statusSet(onMonday('08:00'), leave)], 'excused_leave'],
    ['leave comes before presence', [statusSet(onMonday('08:00'), leave), ...fullDay], 'excused_leave'],
    [
      'official duty comes before presence',
      [statusSet(onMonday('08:00'), { status: 'official_duty' }), ...fullDay],
      'official_duty',
    ],
    [
      'flexible work comes before presence',
      [statusSet(onMonday('08:00'), { status: 'flexible_work' }), ...fullDay],
      'flexible_work',
    ],
    [
      'an outage declared by the city comes before presence',
      [statusSet(onMonday('08:00'), { status: 'outage', setBy: 'city' }), ...fullDay],
      'outage',
    ],
    [
      'an outage declared by the unit is nothing',
      [statusSet(onMonday('08:00'), { status: 'outage', setBy: 'unit' }), ...fullDay],
      'present',
    ],
    [
      'who is not scheduled is not missed',
      [statusSet(onMonday('08:00'), { status: 'not_scheduled' })],
      'not_scheduled',
    ],
    [
      '`unexcused` never beats a clock-in',
      [statusSet(onMonday('18:00'), { status: 'unexcused' }), ...fullDay],
      'present',
    ],
    ['`unexcused` stands without a clock-in', [statusSet(onMonday('18:00'), { status: 'unexcused' })], 'unexcused'],
    [
      'of several only the latest enters',
      [statusSet(onMonday('09:00'), leave), statusSet(onMonday('10:00'), { status: 'unexcused' })],
      'unexcused',
    ],
    [
      'a unit’s outage does not push out what was set before',
      [statusSet(onMonday('09:00'), leave), statusSet(onMonday('10:00'), { status: 'outage', setBy: 'unit' })],
      'excused_leave',
    ],
    ['nothing but the roster: unexcused', [], 'unexcused'],
  ])('%s', (_, events, status) => {
    expect(rowOf(events).status).toBe(status)
  })

  it('is `not_scheduled` on a day off, whatever is told of it', () => {
    const sunday = '2026-07-12'
    const events = [clock('in', `${sunday} 07:20`), statusSet(`${sunday} 09:00`, { status: 'official_duty' })]
    expect(rowOf(events, { workDate: sunday })).toMatchObject({
      status: 'not_scheduled',
      onTime: false,
      lateMinutes: 0,
    })
  })

  it('has no minutes but while present', () => {
    const late = [clock('in', onMonday('09:30')), statusSet(onMonday('08:00'), leave)]
    expect(rowOf(late)).toMatchObject({ lateMinutes: 0, earlyMinutes: 0, lateClass: '', earlyClass: '', madeUp: false })
  })

  it.each<[string, string, Partial<StatusData>, boolean]>([
    ['leave told at the close of the third working day is in time', '2026-07-09 16:00', leave, false],
    ['leave told a second later is retroactive', '2026-07-09 16:00:01', leave, true],
    ['duty told late is retroactive', '2026-07-20 09:00', { status: 'official_duty' }, true],
    ['flexible work told late is retroactive', '2026-07-20 09:00', { status: 'flexible_work' }, true],
    ['presence told late is not', '2026-07-20 09:00', { status: 'present' }, false],
    ['an outage told late is not', '2026-07-20 09:00', { status: 'outage' }, false],
  ])('%s', (_, wallTime, data, retroactive) => {
    expect(rowOf([statusSet(wallTime, { workDate: MONDAY, ...data })]).retroactive).toBe(retroactive)
  })

  it('is retroactive by the status that decides, not by an earlier one', () => {
    const events = [
      statusSet(onMonday('08:00'), leave),
      statusSet('2026-07-20 09:00', { workDate: MONDAY, status: 'official_duty' }),
    ]
    expect(rowOf(events)).toMatchObject({ status: 'official_duty', retroactive: true })
  })
})

describe('a presence that was told', () => {
  const present = (data: Partial<StatusData> = {}) => statusSet(onMonday('17:00'), { status: 'present', ...data })

  it.each<[string, readonly KnownEvent[], Partial<PersonDay>]>([
    [
      'without punches is a full day in time',
      [present()],
      { onTime: true, fullDay: true, lateMinutes: 0, earlyMinutes: 0 },
    ],
    [
      'without punches has the minutes that it tells',
      [present({ lateMinutes: 12 })],
      { lateMinutes: 12, lateClass: 'TL1', onTime: false, fullDay: true },
    ],
    [
      'without punches that tells of an early leave is no full day',
      [present({ earlyMinutes: 40 })],
      { earlyMinutes: 40, earlyClass: 'PSW2', fullDay: false },
    ],
    [
      'takes the place of the punches’ minutes',
      [present({ lateMinutes: 0, earlyMinutes: 0 }), clock('in', onMonday('09:00')), clock('out', onMonday('14:00'))],
      { lateMinutes: 0, earlyMinutes: 0, onTime: true, fullDay: true },
    ],
    [
      'leaves the punches what it does not tell',
      [present({ lateMinutes: 5 }), clock('in', onMonday('09:00')), clock('out', onMonday('15:30'))],
      { lateMinutes: 5, earlyMinutes: 30 },
    ],
    [
      'does not fill in a missing clock-out that it does not speak of',
      [present(), clock('in', onMonday('07:20'))],
      { earlyMinutes: 91, fullDay: false },
    ],
    [
      'fills in a missing clock-out that it speaks of',
      [present({ earlyMinutes: 0 }), clock('in', onMonday('07:20'))],
      { earlyMinutes: 0, fullDay: true },
    ],
    [
      'stands in for a missing clock-in',
      [present(), clock('out', onMonday('15:30'))],
      { status: 'present', lateMinutes: 0, earlyMinutes: 30 },
    ],
    [
      'excuses a lateness for work',
      [present({ lateExcused: true }), clock('in', onMonday('09:00')), clock('out', onMonday('16:00'))],
      { onTime: true, lateMinutes: 90, lateClass: 'TL3' },
    ],
    [
      'says nothing any more once the city has set another status',
      [
        present({ lateExcused: true }),
        statusSet(onMonday('18:00'), { status: 'unexcused' }),
        clock('in', onMonday('09:00')),
      ],
      { status: 'present', onTime: false },
    ],
  ])('%s', (_, events, expected) => {
    expect(rowOf(events)).toMatchObject(expected)
  })
})

describe('spot checks', () => {
  it.each<[string, readonly KnownEvent[], number, number]>([
    ['a person found confirms', [...fullDay, spotCheck(onMonday('10:00'), 'confirmed')], 1, 0],
    ['a person not found counts against', [...fullDay, spotCheck(onMonday('10:00'), 'not_found')], 0, 1],
    ['a person out of reach counts against', [...fullDay, spotCheck(onMonday('10:00'), 'unreachable')], 0, 1],
    ['an invalid check never counts', [...fullDay, spotCheck(onMonday('10:00'), 'invalid')], 0, 0],
    [
      'several checks of a day all count',
      [...fullDay, spotCheck(onMonday('10:00'), 'confirmed'), spotCheck(onMonday('11:00'), 'not_found')],
      1,
      1,
    ],
    [
      'one check told twice counts as last told',
      [...fullDay, spotCheck(onMonday('10:00'), 'unreachable', 'k'), spotCheck(onMonday('10:20'), 'confirmed', 'k')],
      1,
      0,
    ],
    [
      'official duty is checked too',
      [statusSet(onMonday('08:00'), { status: 'official_duty' }), spotCheck(onMonday('10:00'), 'not_found')],
      0,
      1,
    ],
    [
      'flexible work is checked too',
      [statusSet(onMonday('08:00'), { status: 'flexible_work' }), spotCheck(onMonday('10:00'), 'confirmed')],
      1,
      0,
    ],
    [
      'who is on leave is not to be found',
      [statusSet(onMonday('08:00'), { status: 'excused_leave' }), spotCheck(onMonday('10:00'), 'not_found')],
      0,
      0,
    ],
    ['an absence is no claim that a check could refute', [spotCheck(onMonday('10:00'), 'not_found')], 0, 0],
    [
      'an outage leaves checks out',
      [statusSet(onMonday('08:00'), { status: 'outage' }), spotCheck(onMonday('10:00'), 'not_found')],
      0,
      0,
    ],
  ])('%s', (_, events, checksConfirmed, checksFailed) => {
    expect(rowOf(events)).toMatchObject({ checksConfirmed, checksFailed })
  })
})

describe('an outage', () => {
  it('leaves its clock records out of the share made by hand', () => {
    const events = [
      statusSet(onMonday('08:00'), { status: 'outage' }),
      clock('in', onMonday('07:20'), { method: 'manual' }),
    ]
    expect(rowOf(events)).toMatchObject({ clockRecords: 0, manualRecords: 0, manualRecord: true })
  })
})

describe('which days have a row', () => {
  it('waits for the end of the day in the city', () => {
    const before = fold(fullDay, { nowMs: at('2026-07-06 23:59:59') })
    expect(before).toEqual({ row: undefined, findings: [], unitsEverNamed: ['A'], nextChangeAtMs: at('2026-07-07') })
    const after = fold(fullDay, { nowMs: at('2026-07-07') })
    expect(after.row?.status).toBe('present')
    expect(after.nextChangeAtMs).toBeUndefined()
  })

  it('waits on the last day of the calendar too', () => {
    expect(fold([], { workDate: '9999-12-31' }).row).toBeUndefined()
  })

  it('has an absence where the roster names the person', () => {
    expect(rowOf([])).toMatchObject({ status: 'unexcused', unitId: 'A', clockRecords: 0 })
  })

  it('has nothing on a day off without events', () => {
    expect(fold([], { workDate: '2026-07-12' }).row).toBeUndefined()
  })

  it('has a day off of which an event tells', () => {
    expect(rowOf([spotCheck('2026-07-12 10:00', 'invalid')], { workDate: '2026-07-12' }).status).toBe('not_scheduled')
  })

  it('has nothing in a gap of the roster without events', () => {
    expect(fold([], { staff: rosteredIn('A', '2026-06-30') })).toEqual({
      row: undefined,
      findings: [],
      unitsEverNamed: ['A'],
      nextChangeAtMs: undefined,
    })
  })

  it('has nothing of a person whom neither roster nor event names', () => {
    expect(fold([], { staff: [] })).toEqual({
      row: undefined,
      findings: [],
      unitsEverNamed: [],
      nextChangeAtMs: undefined,
    })
  })

  it('has a day that only a spot check names, where no roster is given', () => {
    expect(rowOf([spotCheck(onMonday('10:00'), 'not_found')], { staff: [] })).toMatchObject({
      unitId: 'A',
      status: 'unexcused',
    })
  })

  it('falls back to the roster when the only event is withdrawn', () => {
    const [said, takenBack] = [clock('in', onMonday('07:20'), { id: 'said' }), withdrawal(onMonday('12:00'), 'said')]
    expect(rowOf(liveEvents([said], [revisionOf(takenBack)]))).toMatchObject({ status: 'unexcused', clockRecords: 0 })
  })
})

describe('the unit of a person’s day', () => {
  it('is the roster’s, whatever unit the events name', () => {
    expect(rowOf([clock('in', onMonday('07:20'), { unitId: 'B' })]).unitId).toBe('A')
  })

  it('is that of the latest event where no roster is given', () => {
    const events = [clock('in', onMonday('07:20'), { unitId: 'B' }), clock('out', onMonday('16:10'), { unitId: 'C' })]
    expect(rowOf(events.toReversed(), { staff: [] }).unitId).toBe('C')
  })

  it('brings its own hours where no roster gives them', () => {
    const events = [clock('in', onMonday('09:00'), { unitId: 'B' }), clock('out', onMonday('17:00'), { unitId: 'B' })]
    const unitProfileOn = (unitId: string) => (unitId === 'B' ? 'weekdays' : undefined)
    expect(rowOf(events, { staff: [], unitProfileOn })).toMatchObject({ lateMinutes: 0, fullDay: true })
    expect(rowOf(events, { staff: [] })).toMatchObject({ lateMinutes: 90 })
  })

  it('does not bring its hours where the roster gives the person’s own', () => {
    const events = [clock('in', onMonday('09:00')), clock('out', onMonday('17:00'))]
    const staff = rosteredIn('A', undefined, 'weekdays')
    expect(rowOf(events, { staff, unitProfileOn: () => 'office_5d' })).toMatchObject({ lateMinutes: 0, fullDay: true })
  })

  it('remembers every unit that roster and events ever named', () => {
    const events = [clock('in', onMonday('07:20'), { unitId: 'C' })]
    expect(fold(events, { everNamed: ['D', 'B'] }).unitsEverNamed).toEqual(['A', 'B', 'C', 'D'])
  })
})

describe('any day', () => {
  const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minute) => {
    const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
    return onMonday(`${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`)
  })
  const status = fc.constantFrom<StatusData['status'][]>(
    'not_scheduled',
    'outage',
    'excused_leave',
    'official_duty',
    'flexible_work',
    'present',
    'unexcused',
  )
  const anEvent = fc.oneof(
    fc
      .tuple(fc.constantFrom('in' as const, 'out' as const), time, fc.constantFrom('A', 'B'))
      .map(([kind, when, unitId]) => clock(kind, when, { unitId })),
    fc
      .tuple(time, status, fc.constantFrom('city' as const, 'unit' as const))
      .map(([when, set, setBy]) => statusSet(when, { status: set, setBy })),
    fc
      .tuple(time, fc.constantFrom('confirmed' as const, 'not_found' as const, 'invalid' as const))
      .map(([when, outcome]) => spotCheck(when, outcome)),
  )
  const events = fc.uniqueArray(anEvent, { maxLength: 6, selector: ({ id }) => id })
  const staff = fc.constantFrom(rosteredIn('A'), [])

  it('is the same in whatever order and however often its events come', () => {
    fc.assert(
      fc.property(
        events.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: 2 * some.length })),
        ),
        staff,
        ([some, again], roster) => {
          expect(fold(again, { staff: roster })).toEqual(fold(some, { staff: roster }))
        },
      ),
    )
  })

  it('is never made worse by one more clock-in or a later clock-out', () => {
    fc.assert(
      fc.property(events, time, (some, when) => {
        // A told presence without punches is taken at its word; a punch may then show that it was less.
        fc.pre(!some.some(({ data }) => 'status' in data && data.status === 'present'))
        const before = rowOf(some)
        const cameToo = rowOf([...some, clock('in', when, { id: 'one more' })])
        expect(Number(cameToo.onTime)).toBeGreaterThanOrEqual(Number(before.onTime))
        expect(Number(cameToo.status === 'present')).toBeGreaterThanOrEqual(Number(before.status === 'present'))
        const leftLater = rowOf([...some, clock('out', when, { id: 'one more' })])
        expect(Number(leftLater.onTime)).toBeGreaterThanOrEqual(Number(before.onTime))
        expect(Number(leftLater.fullDay)).toBeGreaterThanOrEqual(Number(before.fullDay))
      }),
      { numRuns: 500 },
    )
  })

  it('is never on time or full without presence, and never both made up and in time', () => {
    fc.assert(
      fc.property(events, (some) => {
        const row = rowOf(some)
        if (row.onTime || row.fullDay) expect(row.status).toBe('present')
        if (row.madeUp) expect(row.lateMinutes).toBeGreaterThan(0)
      }),
    )
  })
})
