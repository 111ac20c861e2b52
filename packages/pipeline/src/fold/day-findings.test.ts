import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { staffVersions } from './directory.ts'
import { foldPersonDay, type PersonDayInput } from './fold-person-day.ts'
import type { KnownEvent } from './known-event.ts'
import { at, attendanceRules, calendar, zone } from './test-city.ts'
import { clock, event, PERSON, spotCheck, statusSet } from './test-events.ts'

const MONDAY = '2026-07-06'
const roster = (scheduleProfile: string) =>
  staffVersions([
    event('bina.directory.staff.v1', '2026-01-01 08:00', {
      personKey: PERSON,
      unitId: 'A',
      scheduleProfile,
      validFrom: '2026-01-01',
    }),
  ])

/** The person is on A's roster, which the directory knows. */
function fold(events: readonly KnownEvent[], other: Partial<PersonDayInput> = {}) {
  return foldPersonDay({
    personKey: PERSON,
    workDate: MONDAY,
    events,
    staff: roster('office_5d'),
    everNamed: [],
    unitProfileOn: (unitId) => (unitId === 'A' ? 'office_5d' : undefined),
    calendar,
    attendanceRulesOn: () => attendanceRules,
    zone,
    nowMs: at('2026-08-01'),
    ...other,
  })
}

const punch = (kind: 'in' | 'out', time: string, unitId = 'A') => clock(kind, time, { unitId, workDate: MONDAY })
const fullDay = [punch('in', `${MONDAY} 07:25`), punch('out', `${MONDAY} 16:05`)]

/** The kinds found, and what the day came to. */
function told(events: readonly KnownEvent[], other: Partial<PersonDayInput> = {}) {
  const { findings, row } = fold(events, other)
  expect(findings.every(({ unitId }) => unitId === row?.unitId)).toBe(true)
  return { kinds: findings.map(({ kind }) => kind), row }
}

describe('what is wrong with the input of a person-day', () => {
  it('is nothing on a usual day, on a day of absence, and on a day without a clock-out', () => {
    for (const events of [fullDay, [], fullDay.slice(0, 1)]) expect(told(events).kinds).toEqual([])
  })

  it('is a clock-out before the clock-in: late by the one, left early by the other', () => {
    const { kinds, row } = told([punch('in', `${MONDAY} 15:00`), punch('out', `${MONDAY} 08:00`)])
    expect(kinds).toEqual(['clock_out_before_in'])
    expect(row).toMatchObject({ status: 'present', lateMinutes: 450, earlyMinutes: 480, lostMinutes: 450 })
    expect(row).toMatchObject({ fullDay: false, onTime: false })
  })

  it('is a clock-out alone: nobody was seen to come', () => {
    const { kinds, row } = told(fullDay.slice(1))
    expect([kinds, row?.status]).toEqual([['clock_out_without_in'], 'unexcused'])
  })

  it('is a day of 26 hours: the shift itself was kept', () => {
    const { kinds, row } = told([punch('in', `${MONDAY} 07:00`), punch('out', '2026-07-07 09:00')])
    expect(kinds).toEqual(['impossible_hours'])
    expect(row).toMatchObject({ status: 'present', onTime: true, fullDay: true })
  })

  it('is a clock record far off its work date, and not one of a night that ends the next morning', () => {
    expect(told([punch('in', `${MONDAY} 22:00`), punch('out', '2026-07-07 06:00')]).kinds).toEqual([])
    const { kinds, row } = told([punch('in', '2026-07-09 07:00')])
    expect(kinds).toEqual(['impossible_hours'])
    expect(row).toMatchObject({ lateMinutes: 1440, lostMinutes: 450 })
  })

  it('is one person in two units: the day counts once, where the roster has them', () => {
    const { kinds, row } = told([...fullDay, punch('in', `${MONDAY} 08:00`, 'B')])
    expect([kinds, row?.unitId]).toEqual([['person_in_two_units'], 'A'])
    const latest = told([...fullDay, spotCheck(`${MONDAY} 10:00`, 'confirmed'), punch('out', `${MONDAY} 18:00`, 'B')], {
      staff: [],
      unitProfileOn: () => 'office_5d',
    })
    expect([latest.kinds, latest.row?.unitId]).toEqual([['person_in_two_units'], 'B'])
  })

  it('is an outage that the unit itself declares: it is passed over', () => {
    const outage = statusSet(`${MONDAY} 12:00`, { status: 'outage', setBy: 'unit' })
    const { kinds, row } = told([...fullDay, outage])
    expect([kinds, row?.status]).toEqual([['outage_declared_by_unit'], 'present'])
    expect(told([outage]).row).toMatchObject({ status: 'unexcused', heard: false })
    expect(told([{ ...outage, data: { ...outage.data, setBy: 'city' } } as KnownEvent]).kinds).toEqual([])
  })

  it('is a day to be worked that the unit itself takes off the schedule, and its own word that somebody was there', () => {
    const set = (status: 'not_scheduled' | 'present', setBy: 'unit' | 'city', workDate = MONDAY) =>
      told([statusSet(`${MONDAY} 12:00`, { workDate, status, setBy })], { workDate })
    const kindsAndStatus = ({ kinds, row }: ReturnType<typeof told>) => [kinds, row?.status]
    expect(kindsAndStatus(set('not_scheduled', 'unit'))).toEqual([['day_off_set_by_unit'], 'not_scheduled'])
    expect(kindsAndStatus(set('present', 'unit'))).toEqual([['presence_set_by_unit'], 'present'])
    expect(kindsAndStatus(set('not_scheduled', 'city'))).toEqual([[], 'not_scheduled'])
    expect(kindsAndStatus(set('present', 'city'))).toEqual([[], 'present'])
    for (const status of ['not_scheduled', 'present'] as const)
      expect(kindsAndStatus(set(status, 'unit', '2026-07-05'))).toEqual([[], 'not_scheduled'])
  })

  it('is a unit that the directory does not know on that day: the row is kept for it', () => {
    const { kinds, row } = told(fullDay, { unitProfileOn: () => undefined })
    expect([kinds, row?.unitId, row?.status]).toEqual([['unknown_unit'], 'A', 'present'])
  })

  it('is a profile that the calendar does not know: its hours are those of an office', () => {
    const { kinds, row } = told([punch('in', `${MONDAY} 07:40`)], { staff: roster('shifts_of_the_moon') })
    expect(kinds).toEqual(['unknown_profile'])
    expect(row).toMatchObject({ lateMinutes: 10 })
  })

  it('is not asked before the day has ended, nor of a day that counts nowhere', () => {
    const odd = [punch('in', `${MONDAY} 15:00`), punch('out', `${MONDAY} 08:00`)]
    expect(fold(odd, { nowMs: at(`${MONDAY} 20:00`) }).findings).toEqual([])
    expect(fold([], { staff: [] }).findings).toEqual([])
  })

  it('is the same in whatever order and however often the events come', () => {
    const any = fc.shuffledSubarray(
      [
        ...fullDay,
        punch('in', '2026-07-09 07:00'),
        punch('out', `${MONDAY} 06:00`, 'B'),
        statusSet(`${MONDAY} 12:00`, { status: 'outage', setBy: 'unit' }),
        statusSet(`${MONDAY} 13:00`, { status: 'excused_leave' }),
      ],
      { minLength: 1 },
    )
    fc.assert(
      fc.property(any, (events) => {
        const once = fold(events)
        expect(fold([...events.toReversed(), ...events])).toEqual(once)
      }),
    )
  })
})

describe('a day of which something is heard', () => {
  it('has a clock record or a status on a day to be worked; a spot check tells of no terminal', () => {
    const heard = (events: readonly KnownEvent[], workDate = MONDAY) => told(events, { workDate }).row?.heard
    expect(heard(fullDay)).toBe(true)
    expect(heard(fullDay.slice(1))).toBe(true)
    expect(heard([statusSet(`${MONDAY} 12:00`, { status: 'unexcused' })])).toBe(true)
    expect(heard([])).toBe(false)
    expect(heard([spotCheck(`${MONDAY} 10:00`, 'not_found')])).toBe(false)
    expect(heard([clock('in', '2026-07-05 08:00')], '2026-07-05')).toBe(false)
  })
})
