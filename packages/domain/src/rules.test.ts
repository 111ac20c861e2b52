import { describe, expect, it } from 'vitest'
import { attendanceRulesSchema, createRules, datedAttendanceRulesSchema, datedDeadlineRulesSchema } from './rules.ts'

const ladder = (prefix: string) => [
  { code: `${prefix}1`, upToMinutes: 30 },
  { code: `${prefix}4`, upToMinutes: null },
]
const attendance = {
  toleranceMinutes: 0,
  lateClasses: ladder('TL'),
  earlyClasses: ladder('PSW'),
  missingClockOutMinutes: 91,
  makeUpUpToMinutes: 30,
  retroactiveAfterWorkingDays: 3,
  dayMinutes: 450,
}
const deadlines = {
  classWorkingDays: { light: 2, normative: 5, ordinary: 14, supervision: 60 },
  responseWorkingDays: 5,
  custodyFloorWorkingDays: 3,
  regainWithinWorkingDays: 10,
  reopenWithinDays: 30,
  waitingWorkingDays: 10,
  severeCategories: ['illegal_fee'],
}
const entry = <T>(value: T, validFrom = '0001-01-01') => ({ validFrom, basis: 'a test', status: 'in_force', value })

describe('rules of a date', () => {
  it('are those in force on it', () => {
    const rules = createRules({
      attendance: datedAttendanceRulesSchema.parse([
        entry(attendance),
        entry({ ...attendance, toleranceMinutes: 5 }, '2026-01-01'),
      ]),
      deadlines: datedDeadlineRulesSchema.parse([entry(deadlines)]),
    })
    expect(rules.attendanceOn('2025-12-31').toleranceMinutes).toBe(0)
    expect(rules.attendanceOn('2026-01-01').toleranceMinutes).toBe(5)
    expect(rules.deadlinesOn('2022-05-02').classWorkingDays.ordinary).toBe(14)
  })

  it.each([
    ['falls', [30, 20, null]],
    ['has no last class', [30, 60]],
    ['ends in the middle', [30, null, null]],
    ['is empty', []],
  ])('refuse a ladder of classes that %s', (_, minutes) => {
    const lateClasses = minutes.map((upToMinutes, index) => ({ code: `TL${index + 1}`, upToMinutes }))
    expect(attendanceRulesSchema.safeParse({ ...attendance, lateClasses }).error?.issues[0]?.path).toEqual([
      'lateClasses',
    ])
  })

  it('refuse a class that no measure counts', () => {
    const lateClasses = [{ code: 'TL5', upToMinutes: null }]
    expect(attendanceRulesSchema.safeParse({ ...attendance, lateClasses }).success).toBe(false)
  })
})
