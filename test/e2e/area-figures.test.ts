import type { EventToPublish } from '@bina/kafka/event-publisher'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'

// Wednesday; the week of 13 July runs.
const nowMs = Date.parse('2026-07-15T10:00:00+07:00')
const source = 'urn:test:areas'
const [city1, kecA, kecB, kelA, kelB] = ['16.71', '16.71.05', '16.71.08', '16.71.05.1003', '16.71.08.1001'] as const

let count = 0
const event = (type: string, subject: string, time: string, data: object, more: object = {}) =>
  ({ source, id: `e-${++count}`, type, subject, time, data, ...more }) as unknown as EventToPublish

const unit = (
  unitId: string,
  unitType: string,
  parentUnitId: string | undefined,
  more: Record<string, unknown> = {},
  validFrom = '2026-01-01',
) =>
  event('bina.directory.unit.v1', unitId, '2026-01-01T00:00:00+07:00', {
    unitId,
    name: unitId,
    unitType,
    ...(parentUnitId === undefined ? {} : { parentUnitId }),
    headRole: 'Kepala',
    reportEmails: [],
    locale: 'id',
    scheduleProfile: 'office_5d',
    validFrom,
    ...more,
  })

const day = (unitId: string, personKey: string, workDate: string, come: string) => [
  event('bina.attendance.recorded.v1', unitId, `${workDate}T${come}:00+07:00`, {
    unitId,
    personKey,
    workDate,
    kind: 'in',
    method: 'device',
  }),
  event('bina.attendance.recorded.v1', unitId, `${workDate}T16:50:00+07:00`, {
    unitId,
    personKey,
    workDate,
    kind: 'out',
    method: 'device',
  }),
]
const check = (unitId: string, personKey: string, time: string, outcome: string, inclusionProbability?: number) =>
  event('bina.attendance.spot-checked.v1', unitId, time, {
    unitId,
    personKey,
    checkId: `check-${++count}`,
    medium: 'video',
    outcome,
    ...(inclusionProbability === undefined ? {} : { inclusionProbability }),
  })
const [person1, person2, person3] = ['p-0000000001', 'p-0000000002', 'p-0000000003'] as const

const complaint = (name: string, time: string, data: object, complaintId = 'LAPOR-0001') =>
  event(`bina.${name}.v1`, complaintId, time, { complaintId, ...data })

let city: TestCity

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
  })
}, 120_000)

afterAll(() => city?.stop())

/** `unit numerator/denominator` of a measure in a week, areas alone. */
async function areas(measure: string, window: string, week = '2026-07-06'): Promise<Record<string, string>> {
  const rows = await city.rows<{ unit_id: string; numerator: number; denominator: number }>(
    `SELECT unit_id, round(numerator, 4) AS numerator, round(denominator, 4) AS denominator FROM unit_week_measure
     WHERE scope = 'area' AND measure = {measure: String} AND window = {window: String} AND week = {week: Date} ORDER BY unit_id`,
    { measure, window, week },
  )
  return Object.fromEntries(rows.map((row) => [row.unit_id, `${row.numerator}/${row.denominator}`]))
}

const tell = async (...events: readonly EventToPublish[]) => {
  await city.publish(events)
  await city.settled()
}

const kelurahanB = unit(kelB, 'kelurahan', kecB, { population: 5_000 })
const movedToB = unit(kelA, 'kelurahan', kecB, {}, '2026-07-06')

describe('figures of areas', () => {
  it('add up those of the units below, head offices too', async () => {
    await tell(
      unit(city1, 'city', undefined),
      unit(kecA, 'kecamatan', city1),
      unit(kecB, 'kecamatan', city1, { population: 20_000 }),
      unit(kelA, 'kelurahan', kecA, { population: 10_000 }),
      kelurahanB,
      ...day(kelA, person1, '2026-07-07', '07:20'),
      ...day(kelB, person2, '2026-07-07', '08:20'),
      ...day(kecA, person3, '2026-07-07', '07:20'),
      check(kelA, person1, '2026-07-07T10:00:00+07:00', 'confirmed', 0.1),
      check(kelB, person2, '2026-07-07T10:00:00+07:00', 'not_found', 0.2),
      check(kecA, person3, '2026-07-07T10:00:00+07:00', 'confirmed'),
    )
    expect(await areas('A2', 'W1')).toEqual({ [city1]: '2/3', [kecA]: '2/2', [kecB]: '0/1' })
    // Weights 10, 1 and 5: 16 over 126/256 of its square.
    expect(await areas('C1', 'R4')).toEqual({
      [city1]: `${+((11 / 16) * (256 / 126)).toFixed(4)}/${+(256 / 126).toFixed(4)}`,
      [kecA]: `${+(121 / 101).toFixed(4)}/${+(121 / 101).toFixed(4)}`,
      [kecB]: '0/1',
    })
    const scores = await city.rows(`SELECT DISTINCT unit_id FROM unit_week_score ORDER BY unit_id`)
    expect(scores).toEqual([{ unit_id: kecA }, { unit_id: kelA }, { unit_id: kelB }])
  })

  it('count a complaint that went from A to B to A once, by the citizen’s clock', async () => {
    await tell(
      complaint('complaint.received', '2026-07-01T09:00:00+07:00', {
        channel: 'sp4n_lapor',
        kind: 'complaint',
        category: 'delay',
        slaClass: 'normative',
        unitId: kelA,
      }),
      complaint('complaint.assigned', '2026-07-01T10:00:00+07:00', { unitId: kelA, ruledBy: 'coordinator' }),
      complaint('complaint.assigned', '2026-07-07T10:00:00+07:00', { unitId: kelB, ruledBy: 'unit' }),
    )
    // Due on Wednesday the 8th; both have it on their own account, the city once.
    expect(await areas('S2', 'W1')).toEqual({ [city1]: '0/1', [kecB]: '0/1' })
    expect(await areas('S4', 'R52')).toEqual({ [city1]: '0/1', [kecB]: '0/1' })
    await tell(complaint('complaint.assigned', '2026-07-09T10:00:00+07:00', { unitId: kelA, ruledBy: 'unit' }))
    expect(await areas('S2', 'W1')).toEqual({ [city1]: '0/1', [kecA]: '0/1' })
    expect(await areas('S2', 'W1', '2026-07-13')).toEqual({})
    expect(await areas('S4', 'R52')).toEqual({ [city1]: '0/1', [kecA]: '0/1' })
    expect(await areas('S12', 'W1', '2026-06-29')).toEqual({ [city1]: '1/30', [kecA]: '1/10' })
    expect(await areas('S12', 'W1')).toEqual({ [city1]: '0/30', [kecA]: '0/10', [kecB]: '0/20' })
  })

  it('count what nobody was given: with the unit complained about, or with the city alone, until somebody has it', async () => {
    const received = { channel: 'web', kind: 'complaint', category: 'delay', slaClass: 'light' }
    const given = complaint(
      'complaint.assigned',
      '2026-06-10T09:00:00+07:00',
      { unitId: kelB, ruledBy: 'coordinator' },
      'L-3',
    )
    await tell(
      // Due on Wednesday 3 June.
      complaint('complaint.received', '2026-06-01T09:00:00+07:00', { ...received, unitId: kelA }, 'L-2'),
      complaint('complaint.received', '2026-06-01T09:00:00+07:00', received, 'L-3'),
    )
    for (const measure of ['S1', 'S2'])
      expect(await areas(measure, 'W1', '2026-06-01')).toEqual({ [city1]: '0/2', [kecA]: '0/1' })
    expect(await areas('S4', 'R52', '2026-06-01')).toEqual({ [city1]: '0/2', [kecA]: '0/1' })
    expect(await areas('S10', 'W1', '2026-06-01')).toEqual({ [city1]: '0/2', [kecA]: '0/1' })
    expect(await areas('S12', 'W1', '2026-06-01')).toMatchObject({ [city1]: '2/30', [kecA]: '1/10' })
    const noUnits =
      "SELECT unit_id FROM unit_day WHERE unit_id = '' UNION ALL SELECT unit_id FROM unit_week_measure WHERE unit_id = ''"
    expect(await city.rows(noUnits)).toEqual([])

    await tell(given)
    // Who answers at last has failed the citizen; in the backlog it stands from the day on which it was given.
    expect(await areas('S2', 'W1', '2026-06-01')).toEqual({ [city1]: '0/2', [kecA]: '0/1', [kecB]: '0/1' })
    expect(await areas('S4', 'R52', '2026-06-01')).toEqual({ [city1]: '0/2', [kecA]: '0/1' })
    expect(await areas('S4', 'R52', '2026-06-08')).toEqual({ [city1]: '0/2', [kecA]: '0/1', [kecB]: '0/1' })

    await tell(
      ...['L-2', 'L-3'].map((id) =>
        complaint('complaint.excluded', '2026-06-11T09:00:00+07:00', { reason: 'invalid', ruledBy: 'coordinator' }, id),
      ),
    )
    expect(await areas('S2', 'W1', '2026-06-01')).toEqual({})
    expect(await areas('S4', 'R52', '2026-06-08')).toEqual({})
    expect(await areas('S10', 'W1', '2026-06-01')).toEqual({ [city1]: '2/2', [kecA]: '1/1', [kecB]: '1/1' })
  })

  it('count a session of coaching once, though it stands with unit and coach', async () => {
    await tell(
      event('bina.coaching.planned.v1', kelB, '2026-07-01T09:00:00+07:00', {
        coachingId: 'K-1',
        unitId: kelB,
        coachUnitId: kecB,
        topicCode: 'lateness',
        plannedOn: '2026-07-08',
      }),
    )
    expect(await areas('K1', 'R13')).toEqual({ [city1]: '0/1', [kecB]: '0/1' })
  })

  it('follow a unit that moves, from the week on, and back when that is taken back', async () => {
    await tell(movedToB)
    // A kecamatan without anybody below it is no area.
    expect(await areas('A2', 'W1')).toEqual({ [city1]: '2/3', [kecB]: '1/2' })
    expect(await areas('S12', 'W1', '2026-06-29')).toEqual({ [city1]: '1/30', [kecA]: '1/10', [kecB]: '0/20' })
    await tell(
      event('bina.event.withdrawn.v1', kelA, '2026-07-14T09:00:00+07:00', {
        withdrawnId: movedToB.id,
        reason: 'mistake',
      }),
    )
    expect(await areas('A2', 'W1')).toEqual({ [city1]: '2/3', [kecA]: '2/2', [kecB]: '0/1' })
  })

  it('are gone when nobody is below any more', async () => {
    await tell(
      event('bina.event.withdrawn.v1', kelB, '2026-07-14T09:00:00+07:00', {
        withdrawnId: kelurahanB.id,
        reason: 'mistake',
      }),
    )
    expect(await areas('A2', 'W1')).toEqual({ [city1]: '2/2', [kecA]: '2/2' })
    const left = await city.rows(`SELECT DISTINCT unit_id FROM unit_week_measure WHERE scope = 'area' ORDER BY unit_id`)
    expect(left).toEqual([{ unit_id: city1 }, { unit_id: kecA }])
  })
})
