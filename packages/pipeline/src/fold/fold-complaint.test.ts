import { describe, expect, it } from 'vitest'
import type { Complaint } from './complaint.ts'
import type { KnownEvent } from './known-event.ts'
import { liveEvents, revisionOf } from './live-events.ts'
import { at } from './test-city.ts'
import { custodyOf, fold, rowOf } from './test-complaint.ts'
import {
  assigned,
  audited,
  excluded,
  type ReceivedData,
  rated,
  received,
  reopened,
  resolved,
  responded,
  resumed,
  verified,
  waiting,
  withdrawal,
} from './test-events.ts'

/** Received on a Monday in July, due on the next Monday, with unit A since half an hour later. */
const receipt = received('2026-07-06 10:00')
const begun = [receipt, assigned('2026-07-06 10:30', 'A')]

describe('a complaint’s row', () => {
  it('is absent until its receipt is known', () => {
    expect(fold([assigned('2026-07-06 10:30', 'A')], { everNamed: ['B'] })).toEqual({
      row: undefined,
      unitsEverNamed: ['A', 'B'],
      findings: [
        { kind: 'unknown_unit', unitId: 'A', on: '2026-07-06' },
        { kind: 'act_without_complaint', unitId: 'A', on: '2026-07-06' },
      ],
      nextChangeAtMs: undefined,
    })
  })

  it('tells a plain life', () => {
    const life = [...begun, responded('2026-07-07 09:00'), resolved('2026-07-09 11:00')]
    expect(rowOf(life)).toMatchObject({
      complaintId: 'c-1',
      channel: 'walk_in',
      kind: 'complaint',
      category: 'delay',
      slaClass: 'normative',
      receivedAtMs: at('2026-07-06 10:00'),
      verifiedAtMs: undefined,
      accountableUnitId: 'A',
      responseDueMs: at('2026-07-13 16:00'),
      dueMs: at('2026-07-13 16:00'),
      respondedAtMs: at('2026-07-07 09:00'),
      resolvedAtMs: at('2026-07-09 11:00'),
      outcome: 'fixed',
      reopenedAtMs: undefined,
      excludedReason: '',
      state: 'resolved',
      overdue: false,
      closedSpans: [{ fromMs: at('2026-07-09 11:00'), toMs: undefined }],
    })
  })

  it('keeps the clock of the first of two receipts', () => {
    const again = received('2026-07-20 10:00', { slaClass: 'ordinary' }, { id: 'again' })
    expect(rowOf([again, ...begun])).toMatchObject({ receivedAtMs: at('2026-07-06 10:00'), slaClass: 'normative' })
  })

  it('names every unit that its events name', () => {
    const life = [
      received('2026-07-06 10:00', { unitId: 'E' }),
      assigned('2026-07-06 10:30', 'A'),
      responded('2026-07-07 09:00', 'B'),
      resolved('2026-07-08 09:00', 'C'),
      audited('2026-07-09 09:00', { unitId: 'D' }),
      rated('2026-07-09 10:00', 'F', { time: 3 }),
    ]
    expect(fold(life, { everNamed: ['G', 'A'] }).unitsEverNamed).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G'])
  })
})

describe('the citizen’s clock', () => {
  it.each<[string, string, ReceivedData['slaClass'], string, string]>([
    [
      'two working days for a light complaint, and for its answer',
      '2026-07-06 10:00',
      'light',
      '2026-07-08 16:00',
      '2026-07-08 16:00',
    ],
    ['five for a normative one', '2026-07-06 10:00', 'normative', '2026-07-13 16:00', '2026-07-13 16:00'],
    [
      'fourteen for an ordinary one, five for its answer',
      '2026-07-06 10:00',
      'ordinary',
      '2026-07-24 16:30',
      '2026-07-13 16:00',
    ],
    [
      'sixty for one that needs an examination, over two holidays',
      '2026-07-06 10:00',
      'supervision',
      '2026-09-30 16:00',
      '2026-07-13 16:00',
    ],
    [
      'the day of receipt is day 0 also after hours',
      '2026-07-06 22:00',
      'light',
      '2026-07-08 16:00',
      '2026-07-08 16:00',
    ],
    [
      'the day of receipt is day 0 also on a day off',
      '2026-07-11 10:00',
      'light',
      '2026-07-14 16:00',
      '2026-07-14 16:00',
    ],
  ])('%s', (_, wallTime, slaClass, due, responseDue) => {
    expect(rowOf([received(wallTime, { slaClass })])).toMatchObject({ dueMs: at(due), responseDueMs: at(responseDue) })
  })

  it('goes by the class that the first verification fixes', () => {
    const life = [
      ...begun,
      verified('2026-07-07 09:00', { slaClass: 'ordinary' }),
      verified('2026-07-08 09:00', { slaClass: 'light', category: 'rude' }),
    ]
    expect(rowOf(life)).toMatchObject({
      slaClass: 'ordinary',
      category: 'delay',
      dueMs: at('2026-07-24 16:30'),
      verifiedAtMs: at('2026-07-07 09:00'),
    })
  })

  it('keeps what the receipt said where the verification is silent', () => {
    expect(rowOf([...begun, verified('2026-07-07 09:00', { category: 'rude' })])).toMatchObject({
      slaClass: 'normative',
      category: 'rude',
    })
  })

  it('is not stopped by waiting, reassignment or reopening', () => {
    const life = [
      ...begun,
      waiting('2026-07-07 10:00'),
      assigned('2026-07-10 10:00', 'B'),
      resolved('2026-07-20 10:00', 'B'),
      reopened('2026-07-21 10:00'),
    ]
    expect(rowOf(life).dueMs).toBe(at('2026-07-13 16:00'))
  })

  it.each<[string, readonly KnownEvent[], string, boolean]>([
    ['open at the due instant is not overdue yet', begun, '2026-07-13 16:00', false],
    ['open a second later is overdue', begun, '2026-07-13 16:00:01', true],
    ['waiting is overdue too', [...begun, waiting('2026-07-10 10:00')], '2026-07-14 09:00', true],
    ['resolved late is overdue no more', [...begun, resolved('2026-07-15 10:00')], '2026-07-16 09:00', false],
    ['excluded is not overdue', [...begun, excluded('2026-07-15 10:00', 'invalid')], '2026-07-16 09:00', false],
    [
      'reopened is overdue again',
      [...begun, resolved('2026-07-10 10:00'), reopened('2026-07-14 10:00')],
      '2026-07-14 11:00',
      true,
    ],
  ])('%s', (_, events, now, overdue) => {
    expect(rowOf(events, { nowMs: at(now) }).overdue).toBe(overdue)
  })

  it('runs by the city’s own profile', () => {
    expect(rowOf(begun, { cityProfile: 'weekdays' }).dueMs).toBe(at('2026-07-13 17:00'))
  })
})

describe('the first response', () => {
  it.each<[string, readonly KnownEvent[], string | undefined]>([
    ['is a substantive one', [responded('2026-07-07 09:00')], '2026-07-07 09:00'],
    ['is not an automatic reply', [responded('2026-07-07 09:00', 'A', false)], undefined],
    [
      'is the first substantive one',
      [responded('2026-07-07 09:00', 'A', false), responded('2026-07-08 09:00'), responded('2026-07-09 09:00')],
      '2026-07-08 09:00',
    ],
    ['may be a repair', [resolved('2026-07-08 09:00')], '2026-07-08 09:00'],
    ['may be an answer', [resolved('2026-07-08 09:00', 'A', 'answered')], '2026-07-08 09:00'],
    ['is not a silent close', [resolved('2026-07-08 09:00', 'A', 'closed_silent')], undefined],
    ['is whichever is first', [responded('2026-07-08 09:00'), resolved('2026-07-07 09:00')], '2026-07-07 09:00'],
    ['counts whoever gives it', [responded('2026-07-08 09:00', 'Z')], '2026-07-08 09:00'],
    ['is taken as told when a clock puts it before the receipt', [responded('2026-07-06 09:58')], '2026-07-06 09:58'],
  ])('%s', (_, events, wallTime) => {
    expect(rowOf([...begun, ...events]).respondedAtMs).toBe(wallTime === undefined ? undefined : at(wallTime))
  })
})

describe('the state of a complaint', () => {
  it.each<[string, readonly KnownEvent[], string, Complaint['state']]>([
    ['is open at first', [], '2026-07-06 10:30', 'open'],
    ['is waiting for the citizen', [waiting('2026-07-07 10:00')], '2026-07-07 10:00', 'waiting'],
    [
      'is open again once resumed',
      [waiting('2026-07-07 10:00'), resumed('2026-07-08 10:00')],
      '2026-07-08 10:00',
      'open',
    ],
    ['is waiting for ten working days at most', [waiting('2026-07-07 10:00')], '2026-07-21 15:59:59', 'waiting'],
    ['is open again after ten working days', [waiting('2026-07-07 10:00')], '2026-07-21 16:00', 'open'],
    ['is not waiting without a logged contact', [waiting('2026-07-07 10:00', false)], '2026-07-07 11:00', 'open'],
    [
      'does not wait longer because the citizen is asked again',
      [waiting('2026-07-07 10:00'), waiting('2026-07-20 10:00')],
      '2026-07-21 16:00',
      'open',
    ],
    [
      'waits anew when asked after the first waiting has run out',
      [waiting('2026-07-07 10:00'), waiting('2026-07-22 10:00')],
      '2026-07-23 10:00',
      'waiting',
    ],
    ['is resolved', [resolved('2026-07-08 10:00')], '2026-07-08 10:00', 'resolved'],
    [
      'is resolved, which ends a waiting',
      [waiting('2026-07-07 10:00'), resolved('2026-07-08 10:00')],
      '2026-07-08 11:00',
      'resolved',
    ],
    [
      'does not wait when it is reopened',
      [waiting('2026-07-07 10:00'), resolved('2026-07-08 10:00'), reopened('2026-07-09 10:00')],
      '2026-07-09 11:00',
      'open',
    ],
    [
      'does not wait for anybody while closed',
      [resolved('2026-07-08 10:00'), waiting('2026-07-08 11:00'), reopened('2026-07-09 10:00')],
      '2026-07-09 11:00',
      'open',
    ],
    ['is closed in silence', [resolved('2026-07-08 10:00', 'A', 'closed_silent')], '2026-07-08 10:00', 'closed_silent'],
    [
      'is that of the latest resolution',
      [resolved('2026-07-08 10:00', 'A', 'closed_silent'), resolved('2026-07-09 10:00')],
      '2026-07-09 10:00',
      'resolved',
    ],
    ['is open when reopened', [resolved('2026-07-08 10:00'), reopened('2026-07-09 10:00')], '2026-07-09 10:00', 'open'],
    [
      'is open when reopened thirty days later to the second',
      [resolved('2026-07-08 10:00'), reopened('2026-08-07 10:00')],
      '2026-08-08 10:00',
      'open',
    ],
    [
      'is resolved still when reopened a second after that',
      [resolved('2026-07-08 10:00'), reopened('2026-08-07 10:00:01')],
      '2026-08-08 10:00',
      'resolved',
    ],
    [
      'is resolved again',
      [resolved('2026-07-08 10:00'), reopened('2026-07-09 10:00'), resolved('2026-07-10 10:00')],
      '2026-07-10 10:00',
      'resolved',
    ],
    ['is open when a reopening finds it open', [reopened('2026-07-09 10:00')], '2026-07-10 10:00', 'open'],
    ['is excluded by the coordinator', [excluded('2026-07-08 10:00', 'not_ours')], '2026-07-08 10:00', 'excluded'],
    [
      'is excluded although resolved',
      [resolved('2026-07-08 10:00'), excluded('2026-07-09 10:00', 'duplicate')],
      '2026-07-09 10:00',
      'excluded',
    ],
    [
      'is not changed by a unit’s refusal',
      [excluded('2026-07-08 10:00', 'not_ours', 'unit')],
      '2026-07-08 10:00',
      'open',
    ],
  ])('%s', (_, events, now, state) => {
    expect(rowOf([...begun, ...events], { nowMs: at(now) }).state).toBe(state)
  })

  it('keeps the latest resolution and the latest reopening that counts', () => {
    const life = [
      ...begun,
      resolved('2026-07-08 10:00'),
      reopened('2026-07-09 10:00'),
      resolved('2026-07-10 10:00', 'A', 'answered'),
      reopened('2026-07-13 10:00', 'coordinator'),
    ]
    expect(rowOf(life)).toMatchObject({
      state: 'open',
      resolvedAtMs: at('2026-07-10 10:00'),
      outcome: 'answered',
      reopenedAtMs: at('2026-07-13 10:00'),
      closedSpans: [
        { fromMs: at('2026-07-08 10:00'), toMs: at('2026-07-09 10:00') },
        { fromMs: at('2026-07-10 10:00'), toMs: at('2026-07-13 10:00') },
      ],
    })
  })

  it('counts the thirty days from the latest resolution of a closure', () => {
    const life = [...begun, resolved('2026-07-08 10:00'), resolved('2026-07-20 10:00'), reopened('2026-08-15 10:00')]
    expect(rowOf(life)).toMatchObject({
      reopenedAtMs: at('2026-08-15 10:00'),
      closedSpans: [{ fromMs: at('2026-07-08 10:00'), toMs: at('2026-08-15 10:00') }],
    })
  })

  it('names the latest reason of the coordinator', () => {
    const life = [...begun, excluded('2026-07-08 10:00', 'not_ours'), excluded('2026-07-09 10:00', 'duplicate')]
    expect(rowOf(life).excludedReason).toBe('duplicate')
  })

  it('is no longer excluded once the exclusion is withdrawn', () => {
    const life = [...begun, excluded('2026-07-08 10:00', 'duplicate')]
    const mistake = withdrawal('2026-07-10 10:00', 'excluded 2026-07-08 10:00')
    expect(rowOf(liveEvents(life, [revisionOf(mistake)]))).toMatchObject({ state: 'open', excludedReason: '' })
  })
})

describe('what cannot have happened in that order', () => {
  it.each<[string, readonly KnownEvent[], Partial<Complaint>]>([
    [
      'a resolution before the receipt closes it',
      [receipt, resolved('2026-07-06 09:00')],
      { state: 'resolved', resolvedAtMs: at('2026-07-06 09:00') },
    ],
    [
      'without an assignment nobody is accountable',
      [receipt, resolved('2026-07-08 09:00')],
      { accountableUnitId: undefined, custodies: [], state: 'resolved' },
    ],
    ['a resumption without a waiting is nothing', [...begun, resumed('2026-07-08 09:00')], { state: 'open' }],
    [
      'a verification before the receipt verifies',
      [verified('2026-07-06 09:00', { slaClass: 'light' }), receipt],
      { slaClass: 'light' },
    ],
    [
      'an assignment to the holder changes nothing',
      [...begun, assigned('2026-07-08 09:00', 'A', 'unit')],
      { accountableUnitId: 'A', reopenedAtMs: undefined },
    ],
    [
      'an assignment after closing moves the custody',
      [...begun, resolved('2026-07-08 09:00'), assigned('2026-07-08 10:00', 'B')],
      { accountableUnitId: 'B', state: 'resolved' },
    ],
    [
      'of two assignments at one instant the later id holds it',
      [...begun, assigned('2026-07-06 10:30', 'B')],
      { accountableUnitId: 'B' },
    ],
  ])('%s', (_, events, expected) => {
    const shifted = events.map((known, index) => ({ ...known, id: `${index}` }))
    expect(rowOf(shifted)).toMatchObject(expected)
  })

  it('an assignment before the receipt begins the custody when it says', () => {
    const custody = custodyOf('A', [assigned('2026-07-03 09:00', 'A'), receipt])
    expect(custody).toMatchObject({ fromMs: at('2026-07-03 09:00'), ownDueMs: at('2026-07-13 16:00') })
  })
})

describe('the next change by time alone', () => {
  it.each<[string, readonly KnownEvent[], string, string | undefined]>([
    ['is the due of the answer', [receipt], '2026-07-06 11:00', '2026-07-13 16:00'],
    ['is the end of the waiting', [...begun, waiting('2026-06-25 10:00')], '2026-07-06 11:00', '2026-07-09 16:00'],
    ['is the first minute over the budget', begun, '2026-07-13 18:00', '2026-07-14 07:31'],
    ['is nothing more once that has come', begun, '2026-07-14 07:31', undefined],
    [
      'is the own due of what is resolved early',
      [...begun, resolved('2026-07-08 09:00')],
      '2026-07-08 10:00',
      '2026-07-13 16:00',
    ],
    ['is nothing for the excluded', [...begun, excluded('2026-07-08 09:00', 'invalid')], '2026-07-08 10:00', undefined],
  ])('%s', (_, events, now, next) => {
    const { nextChangeAtMs } = fold(events, { nowMs: at(now) })
    expect(nextChangeAtMs).toBe(next === undefined ? undefined : at(next))
  })

  it('comes a moment after the due instant, since overdue means that the due has passed', () => {
    const { nextChangeAtMs } = fold(begun, { nowMs: at('2026-07-13 16:00') })
    expect(nextChangeAtMs).toBe(at('2026-07-13 16:00') + 1)
  })
})
