import { describe, expect, it } from 'vitest'
import type { Custody } from './complaint.ts'
import type { KnownEvent } from './known-event.ts'
import { at } from './test-city.ts'
import { custodiesOf, custodyOf, rowOf } from './test-complaint.ts'
import { assigned, excluded, received, reopened, resolved, resumed, waiting } from './test-events.ts'

/**
 * Received on a Monday, due on the next Monday 16:00; A has it from 10:30: 1620 minutes to the third working day's
 * close, 2520 to the due.
 */
const receipt = received('2026-07-06 10:00')
const begun = [receipt, assigned('2026-07-06 10:30', 'A')]

describe('a unit’s own clock', () => {
  it('gives an undisturbed custody until the complaint’s due', () => {
    expect(custodyOf('A', [...begun, resolved('2026-07-07 08:30')])).toEqual({
      unitId: 'A',
      fromMs: at('2026-07-06 10:30'),
      toMs: undefined,
      ownResponseDueMs: at('2026-07-13 16:00'),
      ownDueMs: at('2026-07-13 16:00'),
      workingMinutes: 330,
      budgetMinutes: 2520,
      failed: false,
      failureReason: '',
    })
  })

  it('gives a late receiver three working days, for the answer too', () => {
    expect(custodyOf('B', [...begun, assigned('2026-07-10 10:00', 'B')])).toMatchObject({
      ownDueMs: at('2026-07-15 16:00'),
      ownResponseDueMs: at('2026-07-15 16:00'),
      budgetMinutes: 300 + 3 * 450,
    })
  })

  it('gives a receiver in good time what is left', () => {
    expect(custodyOf('B', [...begun, assigned('2026-07-07 07:30', 'B')])).toMatchObject({
      ownDueMs: at('2026-07-13 16:00'),
      budgetMinutes: 5 * 450,
    })
  })

  it('runs by the unit’s own profile', () => {
    const custody = custodyOf('A', [...begun, resolved('2026-07-07 10:30')], { profileOf: () => 'weekdays' })
    expect(custody).toMatchObject({ workingMinutes: 480, ownDueMs: at('2026-07-13 16:00') })
    expect(custody.budgetMinutes).toBe(390 + 4 * 480 + 420)
  })

  it('runs by the profile of the day on which the unit took it', () => {
    const profileOf = (unitId: string, date: string) =>
      unitId === 'A' && date === '2026-07-06' ? 'weekdays' : undefined
    expect(custodyOf('A', [...begun, resolved('2026-07-07 10:30')], { profileOf }).workingMinutes).toBe(480)
  })

  it('has run until now where nothing has ended it', () => {
    expect(custodyOf('A', begun, { nowMs: at('2026-07-06 11:30') }).workingMinutes).toBe(60)
    expect(custodyOf('A', begun, { nowMs: at('2026-07-05 11:30') }).workingMinutes).toBe(0)
  })

  it('rounds its minutes down once', () => {
    const life = [
      ...begun,
      waiting('2026-07-06 10:40:30'),
      resumed('2026-07-06 10:50:30'),
      resolved('2026-07-06 11:00'),
    ]
    expect(custodyOf('A', life).workingMinutes).toBe(20)
  })
})

describe('failing', () => {
  const late = (wallTime: string, ruledBy: 'unit' | 'coordinator') => [...begun, assigned(wallTime, 'B', ruledBy)]

  it.each<[string, readonly KnownEvent[], string, Custody['failureReason']]>([
    ['forwarding at the third working day’s close is in time', late('2026-07-09 16:00', 'unit'), '2026-12-01', ''],
    [
      'forwarding in the evening after is in time: no work has passed',
      late('2026-07-09 22:00', 'unit'),
      '2026-12-01',
      '',
    ],
    [
      'forwarding within the first minute of the next day is in time',
      late('2026-07-10 07:30:59', 'unit'),
      '2026-12-01',
      '',
    ],
    [
      'forwarding a minute into the fourth working day is late',
      late('2026-07-10 07:31', 'unit'),
      '2026-12-01',
      'late_forward',
    ],
    ['the coordinator’s ruling at that time charges nobody', late('2026-07-10 07:31', 'coordinator'), '2026-12-01', ''],
    [
      'the coordinator’s ruling at the end of the budget charges nobody',
      late('2026-07-13 16:00', 'coordinator'),
      '2026-12-01',
      '',
    ],
    [
      'the coordinator’s ruling after it charges the holder',
      late('2026-07-14 07:31', 'coordinator'),
      '2026-12-01',
      'overdue',
    ],
    [
      'a late forward is one even where the budget is spent too',
      late('2026-07-20 09:00', 'unit'),
      '2026-12-01',
      'late_forward',
    ],
    ['open within the budget has not failed', begun, '2026-07-13 18:00', ''],
    ['open beyond the budget has failed', begun, '2026-07-14 07:31', 'overdue'],
    ['resolved at the own due has not failed', [...begun, resolved('2026-07-13 16:00')], '2026-12-01', ''],
    ['resolved the next morning has', [...begun, resolved('2026-07-14 08:00')], '2026-12-01', 'overdue'],
    [
      'closed in silence within the budget has not failed',
      [...begun, resolved('2026-07-13 09:00', 'A', 'closed_silent')],
      '2026-12-01',
      '',
    ],
    [
      'reopened within thirty days has failed',
      [...begun, resolved('2026-07-08 09:00'), reopened('2026-08-01 09:00'), resolved('2026-08-01 10:00')],
      '2026-12-01',
      'reopened',
    ],
    [
      'reopened later has not',
      [...begun, resolved('2026-07-08 09:00'), reopened('2026-09-01 09:00')],
      '2026-12-01',
      '',
    ],
    [
      'reopened and beyond the budget has failed for being overdue',
      [...begun, resolved('2026-07-14 09:00'), reopened('2026-07-15 09:00')],
      '2026-12-01',
      'overdue',
    ],
  ])('%s', (_, events, now, failureReason) => {
    expect(custodyOf('A', events, { nowMs: at(now) })).toMatchObject({ failureReason, failed: failureReason !== '' })
  })

  it('for a reopening is charged to the unit that had it when it was closed', () => {
    const life = [
      ...begun,
      resolved('2026-07-08 09:00'),
      reopened('2026-07-09 09:00'),
      assigned('2026-07-09 10:00', 'B'),
      resolved('2026-07-10 09:00', 'B'),
    ]
    expect(custodyOf('A', life).failureReason).toBe('reopened')
    expect(custodyOf('B', life).failureReason).toBe('')
  })

  it('charges nobody for a reopening of what nobody held', () => {
    const life = [
      receipt,
      resolved('2026-07-08 09:00'),
      reopened('2026-07-09 09:00'),
      assigned('2026-07-09 10:00', 'A'),
      resolved('2026-07-10 10:00'),
    ]
    expect(custodyOf('A', life)).toMatchObject({ failed: false })
  })
})

describe('waiting for the citizen', () => {
  const twoDays = [...begun, waiting('2026-07-07 10:00'), resumed('2026-07-09 10:00')]

  it('stops the minutes and moves the own due by as much work', () => {
    expect(custodyOf('A', [...twoDays, resolved('2026-07-15 16:00')])).toMatchObject({
      workingMinutes: 2520,
      budgetMinutes: 2520,
      ownDueMs: at('2026-07-15 16:00'),
      failed: false,
    })
  })

  it('does not move the own due of the answer', () => {
    expect(custodyOf('A', twoDays).ownResponseDueMs).toBe(at('2026-07-13 16:00'))
  })

  it('stops them for ten working days at most', () => {
    expect(custodyOf('A', [...begun, waiting('2026-07-07 10:00')])).toMatchObject({ ownDueMs: at('2026-07-28 13:30') })
  })

  it('that ran out before the citizen came back ended when it ran out', () => {
    const life = [...begun, waiting('2026-07-07 10:00'), resumed('2026-07-24 10:00'), resolved('2026-07-22 08:30')]
    expect(custodyOf('A', life)).toMatchObject({ ownDueMs: at('2026-07-28 13:30'), workingMinutes: 270 + 150 + 60 })
  })

  it('that goes on is taken to last as long as it may, and moves back when the citizen answers early', () => {
    const waitingStill = custodyOf('A', [...begun, waiting('2026-07-07 10:00')], { nowMs: at('2026-07-08 10:00') })
    expect(waitingStill.ownDueMs).toBe(at('2026-07-28 13:30'))
    expect(custodyOf('A', twoDays).ownDueMs).toBe(at('2026-07-15 16:00'))
  })

  it('changes nothing without a logged contact', () => {
    const life = [...begun, waiting('2026-07-07 10:00', false), resolved('2026-07-09 10:30')]
    expect(custodyOf('A', life)).toMatchObject({ workingMinutes: 3 * 450, ownDueMs: at('2026-07-13 16:00') })
  })

  it('moves the own due again when it falls into the time that a first waiting has added', () => {
    const life = [...twoDays, waiting('2026-07-14 16:00'), resumed('2026-07-15 16:00')]
    expect(custodyOf('A', life).ownDueMs).toBe(at('2026-07-16 16:00'))
  })

  it('after the own due changes it no more', () => {
    const life = [...begun, waiting('2026-07-14 10:00'), resumed('2026-07-16 10:00')]
    expect(custodyOf('A', life)).toMatchObject({ ownDueMs: at('2026-07-13 16:00'), failureReason: 'overdue' })
  })

  it('in somebody else’s time moves nothing of one’s own', () => {
    const life = [...begun, assigned('2026-07-08 10:30', 'B'), waiting('2026-07-09 10:00'), resumed('2026-07-10 10:00')]
    expect(custodyOf('A', life).ownDueMs).toBe(at('2026-07-13 16:00'))
    expect(custodyOf('B', life).ownDueMs).toBe(at('2026-07-14 16:00'))
  })

  it('goes on when the complaint is moved, and counts for each unit in its own time', () => {
    const life = [...begun, waiting('2026-07-07 16:00'), assigned('2026-07-08 16:00', 'B'), resumed('2026-07-09 16:00')]
    expect(custodyOf('A', life)).toMatchObject({ workingMinutes: 270 + 450, ownDueMs: at('2026-07-14 16:00') })
    expect(custodyOf('B', life).ownDueMs).toBe(at('2026-07-14 16:00'))
  })

  it('does not make an early forward late', () => {
    const life = [
      ...begun,
      waiting('2026-07-07 10:00'),
      resumed('2026-07-09 10:00'),
      assigned('2026-07-13 10:00', 'B', 'unit'),
    ]
    expect(custodyOf('A', life).failed).toBe(false)
  })
})

describe('closing and reopening', () => {
  const life = [...begun, resolved('2026-07-07 10:00'), reopened('2026-07-09 10:00'), resolved('2026-07-09 11:00')]

  it('leaves the time between in nobody’s minutes, and the own due where it was', () => {
    expect(custodyOf('A', life)).toMatchObject({ workingMinutes: 420 + 60, ownDueMs: at('2026-07-13 16:00') })
  })

  it('ends the minutes at the first of two resolutions', () => {
    expect(custodyOf('A', [...begun, resolved('2026-07-07 10:00'), resolved('2026-07-20 10:00')])).toMatchObject({
      workingMinutes: 420,
      failed: false,
    })
  })

  it('gives the unit that gets it after a reopening three working days', () => {
    const moved = [
      ...begun,
      resolved('2026-07-10 10:00'),
      reopened('2026-08-03 09:00'),
      assigned('2026-08-03 10:00', 'B'),
    ]
    expect(custodyOf('B', moved).ownDueMs).toBe(at('2026-08-06 16:00'))
  })
})

describe('an exclusion by the coordinator', () => {
  it('ends the minutes', () => {
    expect(custodyOf('A', [...begun, excluded('2026-07-07 10:30', 'invalid')])).toMatchObject({
      workingMinutes: 450,
      failed: false,
    })
  })

  it('ends them at the first of two', () => {
    const life = [...begun, excluded('2026-07-07 10:30', 'invalid'), excluded('2026-07-09 10:30', 'duplicate')]
    expect(custodyOf('A', life).workingMinutes).toBe(450)
  })

  it('ends no minutes when a unit only asks for it', () => {
    const life = [...begun, excluded('2026-07-07 10:30', 'invalid', 'unit')]
    expect(custodyOf('A', life, { nowMs: at('2026-07-08 10:30') }).workingMinutes).toBe(900)
  })
})

describe('losing and regaining', () => {
  const away = [...begun, assigned('2026-07-13 09:00', 'B', 'unit')]
  const back = (wallTime: string) => [...away, assigned(wallTime, 'A', 'unit')]

  it('within ten working days is one custody from its first beginning', () => {
    const life = [...back('2026-07-14 09:00'), resolved('2026-07-14 10:00')]
    expect(custodyOf('A', life)).toMatchObject({
      fromMs: at('2026-07-06 10:30'),
      toMs: undefined,
      workingMinutes: 270 + 5 * 450 + 150,
      ownDueMs: at('2026-07-13 16:00'),
      failureReason: 'overdue',
    })
  })

  it('makes the forward no forward', () => {
    expect(custodyOf('A', away).failureReason).toBe('late_forward')
    const life = [
      receipt,
      assigned('2026-07-06 10:30', 'A'),
      assigned('2026-07-10 09:00', 'B', 'unit'),
      assigned('2026-07-10 10:00', 'A', 'unit'),
      resolved('2026-07-13 09:00'),
    ]
    expect(custodyOf('A', life).failed).toBe(false)
  })

  it('leaves the other unit its own row', () => {
    expect(custodyOf('B', back('2026-07-14 09:00'))).toMatchObject({
      fromMs: at('2026-07-13 09:00'),
      toMs: at('2026-07-14 09:00'),
      workingMinutes: 360 + 90,
      failed: false,
    })
  })

  it('at the close of the tenth working day is still one custody, and so is the night after', () => {
    expect(custodiesOf('A', back('2026-07-27 16:00'))).toHaveLength(1)
    expect(custodiesOf('A', back('2026-07-28 03:00'))).toHaveLength(1)
  })

  it('later than that makes two custodies', () => {
    const [first, second] = custodiesOf('A', back('2026-07-28 07:31'))
    expect(first).toMatchObject({ toMs: at('2026-07-13 09:00'), failureReason: 'late_forward' })
    expect(second).toMatchObject({ fromMs: at('2026-07-28 07:31'), toMs: undefined, ownDueMs: at('2026-07-31 16:30') })
  })

  it('holds whoever had it in between', () => {
    const life = [
      ...begun,
      assigned('2026-07-07 09:00', 'B'),
      assigned('2026-07-08 09:00', 'C'),
      assigned('2026-07-09 09:00', 'A'),
    ]
    expect(rowOf(life).custodies.map(({ unitId }) => unitId)).toEqual(['A', 'B', 'C'])
  })

  it('to and fro leaves one custody of each', () => {
    const life = [
      ...begun,
      assigned('2026-07-07 09:00', 'B', 'unit'),
      assigned('2026-07-08 09:00', 'A', 'unit'),
      assigned('2026-07-09 09:00', 'B', 'unit'),
      assigned('2026-07-13 09:00', 'A', 'unit'),
    ]
    expect(rowOf(life).custodies).toMatchObject([
      { unitId: 'A', fromMs: at('2026-07-06 10:30'), toMs: undefined },
      { unitId: 'B', fromMs: at('2026-07-07 09:00'), toMs: at('2026-07-13 09:00'), failureReason: 'late_forward' },
    ])
  })

  it('does not run on through a third unit’s time once it is lost for good', () => {
    const life = [
      ...begun,
      assigned('2026-07-07 10:30', 'B'),
      assigned('2026-07-08 10:30', 'A'),
      assigned('2026-07-09 10:30', 'C'),
    ]
    expect(custodyOf('A', life)).toMatchObject({ toMs: at('2026-07-09 10:30'), workingMinutes: 3 * 450 })
  })
})
