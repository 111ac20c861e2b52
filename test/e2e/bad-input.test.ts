import type { EventToPublish } from '@bina/kafka/event-publisher'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'

// Wednesday. All that is wrong happened in the week of Monday 6 July.
const nowMs = Date.parse('2026-07-15T10:00:00+07:00')
const source = 'urn:test:bad-input'
const week = '2026-07-06'
const known = 'upt:known'
const other = 'upt:other'
const unknown = 'upt:unknown'

let count = 0
// The decoder says whether the data fit the type; here they may be anything.
const event = (type: EventToPublish['type'], time: string, data: Record<string, unknown>, id = `e${++count}`) => {
  const subject = String(data.complaintId ?? data.unitId ?? id)
  return { source, id, type, subject, time: `${time}:00+07:00`, data } as unknown as EventToPublish
}
const unit = (unitId: string, scheduleProfile = 'office_5d') =>
  event('bina.directory.unit.v1', '2026-01-01T00:00', {
    ...{ unitId, name: unitId, unitType: 'upt', headRole: 'Kepala UPT', reportEmails: [], locale: 'id' },
    ...{ scheduleProfile, validFrom: '2026-01-01' },
  })
const staff = (personKey: string, unitId: string, scheduleProfile = 'office_5d') =>
  event('bina.directory.staff.v1', '2026-07-01T00:00', {
    ...{ personKey, unitId, scheduleProfile, validFrom: '2026-07-06', validTo: '2026-07-10' },
  })
const clock = (personKey: string, unitId: string, workDate: string, kind: 'in' | 'out', time: string, id?: string) =>
  event('bina.attendance.recorded.v1', time, { unitId, personKey, workDate, kind, method: 'device' }, id)
const received = (complaintId: string, time: string, more: Record<string, unknown> = {}) =>
  event('bina.complaint.received.v1', time, {
    ...{ complaintId, unitId: known, channel: 'walk_in', kind: 'complaint', category: 'delay', slaClass: 'normative' },
    ...more,
  })
const assigned = (complaintId: string, time: string, unitId: string) =>
  event('bina.complaint.assigned.v1', time, { complaintId, unitId, ruledBy: 'coordinator' })
const resolved = (complaintId: string, time: string, unitId: string) =>
  event('bina.resolution.resolved.v1', time, { complaintId, unitId, outcome: 'fixed' })
const rated = (complaintId: string, time: string, unitId: string) =>
  event('bina.resolution.rated.v1', time, { complaintId, unitId, answers: { conduct: 4 } })
const action = (type: 'done' | 'agreed', time: string) =>
  event(`bina.coaching.action-${type}.v1`, time, {
    ...{ actionId: 'a-1', unitId: known },
    ...(type === 'agreed' ? { actionCode: 'greet_first', dueOn: '2026-07-10' } : {}),
  })

const silentPeople = [1, 2, 3, 4, 5].map((n) => `silent-person-${n}`)
const events: readonly EventToPublish[] = [
  unit(known),
  unit(other, 'moon_shift'),
  staff('p-backwards', known),
  clock('p-backwards', known, '2026-07-06', 'in', '2026-07-06T15:00'),
  clock('p-backwards', known, '2026-07-06', 'out', '2026-07-06T08:00', 'out-before-in'),
  clock('p-twentysix', known, '2026-07-07', 'in', '2026-07-07T06:00'),
  clock('p-twentysix', known, '2026-07-07', 'out', '2026-07-08T08:00'),
  clock('p-backwards', other, '2026-07-07', 'in', '2026-07-07T07:20'),
  clock('p-elsewhere', other, '2026-07-08', 'in', '2026-07-08T07:20'),
  clock('p-nowhere', unknown, '2026-07-09', 'in', '2026-07-09T07:20'),
  received('c-early', '2026-07-07T10:00'),
  assigned('c-early', '2026-07-07T08:00', known),
  resolved('c-early', '2026-07-07T09:00', known),
  received('c-two', '2026-07-06T10:00'),
  assigned('c-two', '2026-07-06T11:00', known),
  assigned('c-two', '2026-07-06T11:00', other),
  rated('c-never', '2026-07-08T10:00', known),
  action('done', '2026-07-08T10:00'),
  ...silentPeople.map((person) => staff(person, 'upt:silent')),
  ...silentPeople.map((person) => clock(person, 'upt:silent', '2026-07-06', 'in', '2026-07-06T07:20')),
  unit('upt:silent'),
  received('c-again-1', '2026-07-06T10:00', { reporterKey: 'reporter-01' }),
  assigned('c-again-1', '2026-07-06T11:00', known),
  received('c-again-2', '2026-07-10T10:00', { reporterKey: 'reporter-01' }),
  assigned('c-again-2', '2026-07-10T11:00', known),
  ...[1, 2, 3, 4, 5, 6].flatMap((n) => [
    received(`c-flood-${n}`, `2026-07-08T0${n}:00`, { reporterKey: 'reporter-02', unitId: `upt:flooded-${n}` }),
    assigned(`c-flood-${n}`, '2026-07-08T10:00', `upt:flooded-${n}`),
  ]),
  ...[1, 2, 3, 4, 5, 6].map((n) => unit(`upt:flooded-${n}`)),
]

describe('what cannot be right in what a city sends', () => {
  let city: TestCity

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    await city.publish(events)
    await city.settled()
  }, 300_000)

  afterAll(() => city?.stop())

  const found = async (unitId: string) =>
    Object.fromEntries(
      (
        await city.rows<{ kind: string; count: number }>(
          'SELECT kind, count FROM data_quality WHERE unit_id = {unitId: String} AND week = {week: Date} ORDER BY kind',
          { unitId, week },
        )
      ).map(({ kind, count: times }) => [kind, times]),
    )

  it('is counted by unit, week and kind', async () => {
    expect(await found(known)).toEqual({
      clock_out_before_in: 1,
      done_without_agreement: 1,
      impossible_hours: 1,
      person_in_two_units: 1,
      rating_without_complaint: 1,
      repeated_complaint: 1,
      resolved_before_received: 1,
      two_custodians: 1,
    })
    expect(await found(other)).toEqual({ unknown_profile: 2 })
    expect(await found(unknown)).toEqual({ unknown_unit: 1 })
    expect(await found('upt:silent')).toEqual({ suspected_outage: 4 })
    expect(await found('upt:flooded-4')).toEqual({})
    expect(await found('upt:flooded-5')).toEqual({ reporter_flood: 1 })
    expect(await found('upt:flooded-6')).toEqual({ reporter_flood: 1 })
    expect(await city.rows('SELECT count() AS other FROM data_quality WHERE week != {week: Date}', { week })).toEqual([
      { other: 0 },
    ])
  })

  it('keeps the person-day of a unit that nobody knows yet, and no score', async () => {
    expect(await city.rows('SELECT status FROM person_day WHERE unit_id = {unknown: String}', { unknown })).toEqual([
      { status: 'present' },
    ])
    expect(
      await city.rows('SELECT count() AS scores FROM unit_week_score WHERE unit_id = {unknown: String}', { unknown }),
    ).toEqual([{ scores: 0 }])
  })

  it('goes once it is put right, and what it was counts', async () => {
    await city.publish([
      { ...clock('p-backwards', known, '2026-07-06', 'out', '2026-07-06T16:05'), supersedes: 'out-before-in' },
      unit(unknown),
      received('c-never', '2026-07-06T10:00'),
      resolved('c-never', '2026-07-07T10:00', known),
      event('bina.resolution.rating-invited.v1', '2026-07-07T12:00', { complaintId: 'c-never', unitId: known }),
      action('agreed', '2026-07-07T10:00'),
      event('bina.complaint.excluded.v1', '2026-07-11T10:00', {
        ...{ complaintId: 'c-again-2', reason: 'duplicate', mergedInto: 'c-again-1', ruledBy: 'coordinator' },
      }),
    ])
    await city.settled()
    expect(await found(known)).toEqual({
      impossible_hours: 1,
      person_in_two_units: 1,
      resolved_before_received: 1,
      two_custodians: 1,
    })
    expect(await found(unknown)).toEqual({})
    expect(
      await city.rows(
        "SELECT toUInt32(sum(denominator) > 0) AS counts FROM unit_week_measure WHERE unit_id = {unknown: String} AND measure = 'A1'",
        { unknown },
      ),
    ).toEqual([{ counts: 1 }])
  })
})
