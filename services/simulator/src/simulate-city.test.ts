import { createHash } from 'node:crypto'
import { addDays } from '@bina/domain/plain-date'
import { dateIn, instantOf } from '@bina/domain/zone'
import { decodeEvent } from '@bina/events/decode-event'
import { encodeEvent } from '@bina/events/encode-event'
import { type EventType, eventTypes } from '@bina/events/event-data'
import type { ServiceEvent } from '@bina/events/service-event'
import { complaintTopic, topicOf } from '@bina/events/topics'
import { describe, expect, it } from 'vitest'
import type { CityOptions } from './city-options.ts'
import { fixtureCalendar } from './fixture-calendar.ts'
import { simulateCity } from './simulate-city.ts'

const zone = 'Asia/Jakarta'
const lastWeekMonday = '2026-06-29'
const firstMonday = '2026-01-05'
const startMs = instantOf(zone, firstMonday, 0)
const endMs = instantOf(zone, addDays(lastWeekMonday, 7), 0)

function city(options: Partial<CityOptions> = {}): ServiceEvent[] {
  const calendar = fixtureCalendar(options.zone ?? zone)
  return [
    ...simulateCity({ seed: 1, weeks: 26, lastWeekMonday, zone, calendar, source: '/palembang/simulator', ...options }),
  ]
}

function digest(events: readonly ServiceEvent[]): string {
  const hash = createHash('sha256')
  for (const event of events) hash.update(encodeEvent(event).value)
  return hash.digest('hex')
}

type EventOf<T extends EventType> = Extract<ServiceEvent, { type: T }>

function ofType<T extends EventType>(events: readonly ServiceEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type)
}

describe('a half-year of the whole city', () => {
  const whole = city({ eventsTarget: 100_000 })

  it('has the size that was asked for, with all 185 units', () => {
    expect(whole.length).toBeGreaterThanOrEqual(100_000)
    expect(whole.length).toBeLessThan(112_000)
    const units = ofType(whole, 'bina.directory.unit.v1').filter(({ data }) => !['opd', 'city'].includes(data.unitType))
    expect(units).toHaveLength(185)
  })

  it('has events of every type, each identity once', () => {
    expect(new Set(whole.map((event) => event.type))).toEqual(new Set(eventTypes))
    expect(new Set(whole.map((event) => event.id)).size).toBe(whole.length)
  })

  it('happens in order, from the first Monday to the end of the last week', () => {
    let lastMs = startMs
    for (const { occurredAtMs } of whole) {
      if (occurredAtMs < lastMs) expect.fail('an event lies before its predecessor')
      lastMs = occurredAtMs
    }
    expect(lastMs).toBeLessThan(endMs)
  })

  it('begins with the directory, which is valid from that day', () => {
    const others = whole.findIndex((event) => !event.type.startsWith('bina.directory.'))
    expect(whole.slice(0, 191).every((event) => event.type === 'bina.directory.unit.v1')).toBe(true)
    expect(others).toBeGreaterThan(191 + 185)
    for (const { data } of ofType(whole.slice(0, others), 'bina.directory.staff.v1'))
      expect(data.validFrom).toBe(firstMonday)
  })

  it('has weekly counts as small as in real life', () => {
    const received = ofType(whole, 'bina.complaint.received.v1').filter((event) => event.supersedes === undefined)
    const perUnitWeek = received.length / 185 / 26
    expect(perUnitWeek).toBeGreaterThan(0.5)
    expect(perUnitWeek).toBeLessThan(0.9)
    const severe = received.filter(({ data }) => data.category === 'illegal_fee' || data.category === 'discrimination')
    expect(severe.length / received.length).toBeLessThan(0.03)
    const checks = ofType(whole, 'bina.attendance.spot-checked.v1').length / 26
    expect(checks).toBeGreaterThan(45)
    expect(checks).toBeLessThan(65)
  })

  it('has quiet weekends', () => {
    const records = ofType(whole, 'bina.attendance.recorded.v1')
    const weekend = records.filter(({ data }) => [0, 6].includes(new Date(data.workDate).getUTCDay()))
    expect(weekend.length).toBeGreaterThan(0)
    expect(weekend.length / records.length).toBeLessThan(0.002)
  })

  it('tells clock records on the day that they are for', () => {
    const other = ofType(whole, 'bina.attendance.recorded.v1').filter(
      (event) => dateIn(zone, event.occurredAtMs) !== event.data.workDate,
    )
    expect(other).toEqual([])
  })

  it('leaves complaints open at the end, and most of them answered', () => {
    const resolved = new Set(ofType(whole, 'bina.resolution.resolved.v1').map((event) => event.data.complaintId))
    const received = new Set(ofType(whole, 'bina.complaint.received.v1').map((event) => event.data.complaintId))
    const share = resolved.size / received.size
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(0.95)
  })

  it('corrects and withdraws only what it told', () => {
    const ids = new Set(whole.map((event) => event.id))
    const superseding = whole.flatMap((event) => event.supersedes ?? [])
    const withdrawn = ofType(whole, 'bina.event.withdrawn.v1').map((event) => event.data.withdrawnId)
    expect([...superseding, ...withdrawn].filter((id) => !ids.has(id))).toEqual([])
    expect(superseding.length).toBeGreaterThan(100)
    expect((superseding.length + withdrawn.length) / whole.length).toBeLessThan(0.01)
  })
})

describe('some weeks of the whole city', () => {
  const weeks = city({ weeks: 8, eventsTarget: 20_000 })

  it('is made of events that every consumer accepts', () => {
    const refused = weeks.flatMap((event, index) => {
      const { key, value, headers } = encodeEvent(event, index % 2 === 0 ? 'structured' : 'binary')
      const topic = topicOf(event.type) ?? complaintTopic
      const outcome = decodeEvent({ topic, key: Buffer.from(key), value, headers }, endMs)
      if (outcome.kind === 'dead_letter') return [`${event.id}: ${outcome.reason} ${outcome.detail}`]
      return outcome.value.occurredAtMs === event.occurredAtMs ? [] : [`${event.id}: another instant`]
    })
    expect(refused.slice(0, 5)).toEqual([])
    expect(new Set(weeks.map((event) => event.type))).toEqual(new Set(eventTypes))
  })

  it('names nobody: keys are letters, addresses are roles, and no number is long enough for a citizen', () => {
    for (const event of weeks) {
      const text = JSON.stringify(event.data)
      if (/\d{10}/.test(text)) expect.fail(`${event.id} holds a long number`)
      const keys = [
        'personKey' in event.data ? event.data.personKey : undefined,
        'reporterKey' in event.data ? event.data.reporterKey : undefined,
      ]
      for (const key of keys) if (key !== undefined && !/^[pr]-[a-z]{16}$/.test(key)) expect.fail(`${event.id}: ${key}`)
      if (text.includes('@') && !text.includes('@palembang.example')) expect.fail(`${event.id} holds an address`)
    }
  })
})

describe('a small city', () => {
  const small: Partial<CityOptions> = { units: 12, weeks: 6, staffPerUnit: 3, complaintsPerUnitWeek: 2 }

  it('is the same for the same seed, byte for byte, and another for another', () => {
    expect(digest(city(small))).toBe(digest(city(small)))
    expect(digest(city({ ...small, seed: 2 }))).not.toBe(digest(city(small)))
  })

  it('holds the units that were asked for, and their superiors', () => {
    const units = ofType(city(small), 'bina.directory.unit.v1').map((event) => event.data)
    expect(units.filter((unit) => !['opd', 'city'].includes(unit.unitType))).toHaveLength(12)
    const ids = new Set(units.map((unit) => unit.unitId))
    for (const unit of units) if (unit.unitType !== 'city') expect(ids).toContain(unit.parentUnitId)
  })

  it('grows with its staff', () => {
    const staff = (staffPerUnit: number) => ofType(city({ ...small, staffPerUnit }), 'bina.directory.staff.v1').length
    expect(staff(3)).toBeGreaterThanOrEqual(36)
    expect(staff(9) / staff(3)).toBeGreaterThan(2.5)
  })

  it('tells no reassignment, waiting, reopening or correction where they are switched off, and the same receipts', () => {
    const plain = city({
      ...small,
      withReassignments: false,
      withWaiting: false,
      withReopenings: false,
      withCorrections: false,
      withStaffMoves: false,
    })
    const types = new Set(plain.map((event) => event.type))
    for (const type of [
      'bina.complaint.waiting.v1',
      'bina.complaint.resumed.v1',
      'bina.resolution.reopened.v1',
    ] as const)
      expect(types).not.toContain(type)
    expect(types).not.toContain('bina.event.withdrawn.v1')
    const assigned = ofType(plain, 'bina.complaint.assigned.v1').map((event) => event.data.complaintId)
    expect(new Set(assigned).size).toBe(assigned.length)
    expect(ofType(plain, 'bina.complaint.excluded.v1').filter((event) => event.data.ruledBy === 'unit')).toEqual([])
    expect(plain.filter((event) => event.supersedes !== undefined)).toEqual([])
    const receipts = (events: readonly ServiceEvent[]) =>
      ofType(events, 'bina.complaint.received.v1').filter((event) => event.supersedes === undefined)
    expect(receipts(plain)).toEqual(receipts(city(small)))
  })

  it('lives by the clock of another city, also across the change of its clocks', () => {
    const abroad = city({ ...small, zone: 'America/New_York', lastWeekMonday: '2026-03-16' })
    for (const event of abroad)
      if (Date.parse(event.time) !== event.occurredAtMs) expect.fail(`${event.id} at ${event.time}`)
    const offsets = new Set(abroad.map((event) => event.time.slice(-6)))
    expect(offsets).toEqual(new Set(['-05:00', '-04:00']))
  })

  it.each([
    ['no weeks', { weeks: 0 }],
    ['no units', { units: 0 }],
    ['a last week that begins on a Tuesday', { lastWeekMonday: '2026-06-30' }],
  ])('cannot be made with %s', (_, wrong) => {
    expect(() => city({ ...small, ...wrong })).toThrow(RangeError)
  })

  it('begins before its weeks are worked out', () => {
    const calendar = fixtureCalendar(zone)
    const events = simulateCity({ seed: 1, weeks: 500, lastWeekMonday, zone, calendar, source: '/s', units: 8 })
    expect(events.next().value?.type).toBe('bina.directory.unit.v1')
    events.return()
  })
})
