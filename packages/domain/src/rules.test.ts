import { describe, expect, it } from 'vitest'
import { attendancePolicySchema, createRules, deadlinePolicySchema } from './rules.ts'

const always = <T>(value: T) => [{ validFrom: '0001-01-01', basis: 'a test', status: 'in_force', value }]
const ladder = (prefix: string) => [
  { code: `${prefix}1`, upToMinutes: 30 },
  { code: `${prefix}4`, upToMinutes: null },
]
const attendance = {
  toleranceMinutes: always(0),
  lateClasses: always(ladder('TL')),
  earlyClasses: always(ladder('PSW')),
  missingClockOutMinutes: always(91),
  makeUpUpToMinutes: always(30),
  retroactiveAfterWorkingDays: always(3),
  dayMinutes: always(450),
}
const deadlines = {
  classWorkingDays: always({ light: 2, normative: 5, ordinary: 14, supervision: 60 }),
  responseWorkingDays: always(5),
  custodyFloorWorkingDays: always(3),
  regainWithinWorkingDays: always(10),
  reopenWithinDays: always(30),
  waitingWorkingDays: always(10),
  severeCategories: always(['illegal_fee']),
}

describe('rules of a date', () => {
  it('are those in force on it, each number by its own dates', () => {
    const toleranceMinutes = [
      ...always(0),
      { ...always(5)[0], validFrom: '2026-01-01', validTo: '2026-01-31', overlay: true },
    ]
    const rules = createRules({
      attendance: attendancePolicySchema.parse({ ...attendance, toleranceMinutes }),
      deadlines: deadlinePolicySchema.parse(deadlines),
    })
    const dates = ['2022-05-02', '2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01']
    expect(dates.map((date) => rules.attendanceOn(date).toleranceMinutes)).toEqual([0, 0, 5, 5, 0])
    expect(rules.attendanceOn('2026-01-01').dayMinutes).toBe(450)
    expect(rules.deadlinesOn('2022-05-02').classWorkingDays.ordinary).toBe(14)
  })

  it.each([
    ['falls', [30, 20, null]],
    ['has no last class', [30, 60]],
    ['ends in the middle', [30, null, null]],
    ['is empty', []],
  ])('refuse a ladder of classes that %s', (_, minutes) => {
    const lateClasses = always(minutes.map((upToMinutes, index) => ({ code: `TL${index + 1}`, upToMinutes })))
    const { error } = attendancePolicySchema.safeParse({ ...attendance, lateClasses })
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['lateClasses.0.value'])
  })

  it('refuse a class that no measure counts', () => {
    const lateClasses = always([{ code: 'TL5', upToMinutes: null }])
    expect(attendancePolicySchema.safeParse({ ...attendance, lateClasses }).success).toBe(false)
  })
})
