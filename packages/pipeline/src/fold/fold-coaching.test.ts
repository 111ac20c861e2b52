import type { EventData } from '@bina/events/service-event'
import { describe, expect, it } from 'vitest'
import { coachingItemOf, everPlaced } from './coaching-item.ts'
import { foldCoaching } from './fold-coaching.ts'
import type { KnownEvent } from './known-event.ts'
import { at, zone } from './test-city.ts'
import { clock, event } from './test-events.ts'

const session = { coachingId: 'k-1', unitId: 'A', coachUnitId: 'K', topicCode: 'courtesy' }

const planned = (wallTime: string, data: Partial<EventData['bina.coaching.planned.v1']> = {}) =>
  event('bina.coaching.planned.v1', wallTime, { ...session, plannedOn: '2026-07-08', ...data })
const held = (wallTime: string, data: Partial<EventData['bina.coaching.held.v1']> = {}) =>
  event('bina.coaching.held.v1', wallTime, { ...session, ...data })
const agreed = (wallTime: string, data: Partial<EventData['bina.coaching.action-agreed.v1']> = {}) =>
  event('bina.coaching.action-agreed.v1', wallTime, {
    actionId: 'a-1',
    unitId: 'A',
    coachingId: 'k-1',
    actionCode: 'greet_first',
    dueOn: '2026-07-20',
    ...data,
  })
const done = (wallTime: string) => event('bina.coaching.action-done.v1', wallTime, { actionId: 'a-1', unitId: 'A' })
const raised = (wallTime: string, dueOn = '2026-07-15') =>
  event('bina.coaching.finding-raised.v1', wallTime, {
    findingId: 'f-1',
    unitId: 'A',
    raisedFrom: 'mayor_visit',
    category: 'facility',
    dueOn,
  })
const closed = (wallTime: string) =>
  event('bina.coaching.finding-closed.v1', wallTime, { findingId: 'f-1', unitId: 'A' })
const objected = (wallTime: string) =>
  event('bina.coaching.objected.v1', wallTime, {
    objectionId: 'o-1',
    unitId: 'A',
    week: '2026-06-29',
    measure: 'S1',
  })
const decided = (wallTime: string, outcome: 'upheld' | 'dismissed') =>
  event('bina.coaching.objection-decided.v1', wallTime, {
    objectionId: 'o-1',
    unitId: 'A',
    week: '2026-06-29',
    outcome,
  })

const fold = (events: readonly KnownEvent[], now = '2026-08-01 08:00') =>
  foldCoaching({ unitId: 'A', events, isKnown: () => true, zone, nowMs: at(now) })
const facts = (events: readonly KnownEvent[], now?: string) =>
  fold(events, now).items.flatMap((item) =>
    item.facts.map(({ measure, on, numerator, denominator }) => `${measure} ${on} ${numerator}/${denominator}`),
  )

describe('a coaching session', () => {
  it('counts as held on the date that it was planned for, whenever it took place', () => {
    expect(facts([planned('2026-07-06 07:30'), held('2026-07-16 10:00')])).toEqual(['K1 2026-07-08 1/1'])
  })

  it('that was planned and never held is a session not held once its date has ended', () => {
    expect(facts([planned('2026-07-06 07:30')], '2026-07-09 00:00')).toEqual(['K1 2026-07-08 0/1'])
  })

  it('is held against nobody while its date has not ended, and says when that is', () => {
    const running = fold([planned('2026-07-06 07:30')], '2026-07-08 23:59')
    expect(running.items.flatMap((item) => item.facts)).toEqual([])
    expect(running.nextChangeAtMs).toBe(at('2026-07-09 00:00'))
    expect(fold([planned('2026-07-06 07:30')]).nextChangeAtMs).toBeUndefined()
  })

  it('that was put off counts on its latest date, with its latest coach', () => {
    const events = [
      planned('2026-07-06 07:30'),
      planned('2026-07-07 07:30', { plannedOn: '2026-07-22', coachUnitId: 'L' }),
    ]
    expect(facts(events)).toEqual(['K1 2026-07-22 0/1'])
    expect(fold(events).items.map(({ coachUnitId }) => coachUnitId)).toEqual(['L'])
  })

  it('that nobody planned is known and counts in no share of planned ones', () => {
    const { items } = fold([held('2026-07-16 10:00')])
    expect(items).toMatchObject([{ kind: 'session', itemId: 'k-1', closedAtMs: at('2026-07-16 10:00'), facts: [] }])
  })
})

describe('an agreed action', () => {
  it('is counted when it is agreed, and as done by the date that it was agreed for', () => {
    const events = [agreed('2026-07-10 10:00'), done('2026-07-20 23:59')]
    expect(facts(events)).toEqual(['K2 2026-07-10 1/0', 'K3 2026-07-20 1/1'])
  })

  it('that is done a day late is not done by its date', () => {
    expect(facts([agreed('2026-07-10 10:00'), done('2026-07-21 00:00')])).toContain('K3 2026-07-20 0/1')
  })

  it('is the coach’s too, by way of its session', () => {
    const coachOf = (events: readonly KnownEvent[]) =>
      fold(events).items.find(({ kind }) => kind === 'action')?.coachUnitId
    expect(coachOf([planned('2026-07-06 07:30'), agreed('2026-07-10 10:00')])).toBe('K')
    expect(coachOf([agreed('2026-07-10 10:00')])).toBeUndefined()
  })

  it('that is done without ever being agreed is no action', () => {
    expect(fold([done('2026-07-20 10:00')]).items).toEqual([])
  })
})

describe('a finding', () => {
  it('closed on its date is closed in time, a day later it is not, and open it is not either', () => {
    expect(facts([raised('2026-07-10 09:00'), closed('2026-07-15 23:00')])).toEqual(['S13 2026-07-15 1/1'])
    expect(facts([raised('2026-07-10 09:00'), closed('2026-07-16 00:00')])).toEqual(['S13 2026-07-15 0/1'])
    expect(facts([raised('2026-07-10 09:00')])).toEqual(['S13 2026-07-15 0/1'])
  })
})

describe('an inspection of facilities', () => {
  it('counts its items, by the latest word on it', () => {
    const inspected = (wallTime: string, itemsInOrder: number) =>
      event('bina.coaching.facility-inspected.v1', wallTime, {
        inspectionId: 'i-1',
        unitId: 'A',
        itemsChecked: 12,
        itemsInOrder,
        misuse: false,
      })
    expect(facts([inspected('2026-07-10 09:00', 9), inspected('2026-07-10 11:00', 11)])).toEqual([
      'S14 2026-07-10 11/12',
    ])
  })
})

describe('an objection', () => {
  it('stays open until it is decided, and moves no figure', () => {
    expect(fold([objected('2026-07-07 09:00')]).items).toMatchObject([
      { kind: 'objection', code: 'S1', dueOn: '2026-06-29', outcome: '', closedAtMs: undefined, facts: [] },
    ])
    expect(fold([objected('2026-07-07 09:00'), decided('2026-07-09 09:00', 'upheld')]).items).toMatchObject([
      { outcome: 'upheld', closedAtMs: at('2026-07-09 09:00') },
    ])
  })
})

describe('the places in which coaching ever stood', () => {
  it('are the unit and every coach that any event named, so that a row is taken back where it no longer belongs', () => {
    const events = [
      planned('2026-07-06 07:30'),
      planned('2026-07-07 07:30', { coachUnitId: 'L' }),
      agreed('2026-07-10 10:00'),
      clock('in', '2026-07-06 07:30'),
    ]
    const places = everPlaced('A', events).map(({ kind, unitId }) => `${kind} ${unitId}`)
    expect(places.sort()).toEqual(['action A', 'action K', 'action L', 'session A', 'session K', 'session L'])
  })

  it('hold nothing of what is no coaching', () => {
    expect(coachingItemOf(clock('in', '2026-07-06 07:30'))).toBeUndefined()
  })
})
