import { z } from 'zod'
import { createDatedLookup, type DatedFields } from './dated.ts'
import { datedSchema } from './dated-schema.ts'
import type { PlainDate } from './plain-date.ts'

const workingDays = z.int().positive()
const count = z.int().min(0)

function classes<const C extends readonly [string, ...string[]]>(codes: C) {
  const entry = z.strictObject({
    code: z.enum(codes),
    /** The last minute of the class; null for the class that takes the rest. */
    upToMinutes: z.int().positive().nullable(),
  })
  return z.array(entry).refine(isLadder, 'expected rising minutes, the last class alone with null')
}

const rule = <T extends z.ZodType>(value: T) => datedSchema(value, 'every_day')

/** `policy/attendance.yaml`: what a day's punches are judged by (domain.md 1.3; readings.md 14 to 19). */
export const attendancePolicySchema = z.strictObject({
  /** A clock-in this many minutes late is still on time. */
  toleranceMinutes: rule(count),
  lateClasses: rule(classes(['TL1', 'TL2', 'TL3', 'TL4'])),
  earlyClasses: rule(classes(['PSW1', 'PSW2', 'PSW3', 'PSW4'])),
  /** The minutes left early that a day without a clock-out counts as. */
  missingClockOutMinutes: rule(count),
  /** Lateness up to here is made up by staying on the same day. */
  makeUpUpToMinutes: rule(count),
  /** An excuse later than the close of this working day after the date is retroactive. */
  retroactiveAfterWorkingDays: rule(workingDays),
  /** A full day's work: the most that can be lost on one day. */
  dayMinutes: rule(z.int().positive()),
})

/** `policy/deadlines.yaml`: deadlines of complaints (domain.md 1.6, 5.4; readings.md 2 to 12, 22). */
export const deadlinePolicySchema = z.strictObject({
  classWorkingDays: rule(
    z.strictObject({ light: workingDays, normative: workingDays, ordinary: workingDays, supervision: workingDays }),
  ),
  responseWorkingDays: rule(workingDays),
  /** The least that a receiver of a complaint is given, and the longest that it may sit before it is forwarded. */
  custodyFloorWorkingDays: rule(workingDays),
  /** Lost and regained within this many: one custody. */
  regainWithinWorkingDays: rule(workingDays),
  /** A reopening counts within this many spans of 24 h after the closure. */
  reopenWithinDays: rule(z.int().positive()),
  /** The longest that one waiting for the citizen stops the unit's clock. */
  waitingWorkingDays: rule(workingDays),
  /** To the inspectorate and out of the scores, so that nobody gains from hiding them. */
  severeCategories: rule(z.array(z.string().min(1))),
})

export type AttendancePolicy = z.output<typeof attendancePolicySchema>
export type DeadlinePolicy = z.output<typeof deadlinePolicySchema>

export interface AttendanceClass<C extends string> {
  readonly code: C
  /** The last minute of the class; null for the class that takes the rest. */
  readonly upToMinutes: number | null
}

export interface AttendanceRules {
  readonly toleranceMinutes: number
  readonly lateClasses: readonly AttendanceClass<'TL1' | 'TL2' | 'TL3' | 'TL4'>[]
  readonly earlyClasses: readonly AttendanceClass<'PSW1' | 'PSW2' | 'PSW3' | 'PSW4'>[]
  readonly missingClockOutMinutes: number
  readonly makeUpUpToMinutes: number
  readonly retroactiveAfterWorkingDays: number
  readonly dayMinutes: number
}

export interface DeadlineRules {
  readonly classWorkingDays: {
    readonly light: number
    readonly normative: number
    readonly ordinary: number
    readonly supervision: number
  }
  readonly responseWorkingDays: number
  readonly custodyFloorWorkingDays: number
  readonly regainWithinWorkingDays: number
  readonly reopenWithinDays: number
  readonly waitingWorkingDays: number
  readonly severeCategories: readonly string[]
}

/** The rules of a date: attendance by the work date, deadlines by the receipt date of the complaint. */
export interface Rules {
  attendanceOn(date: PlainDate): AttendanceRules
  deadlinesOn(date: PlainDate): DeadlineRules
}

export function createRules(policy: {
  readonly attendance: DatedFields<AttendanceRules>
  readonly deadlines: DatedFields<DeadlineRules>
}): Rules {
  return {
    attendanceOn: createDatedLookup(policy.attendance),
    deadlinesOn: createDatedLookup(policy.deadlines),
  }
}

function isLadder(entries: readonly { readonly upToMinutes: number | null }[]): boolean {
  return (
    entries.length > 0 &&
    entries.every(({ upToMinutes }, index) => {
      const isLast = index === entries.length - 1
      if (isLast || upToMinutes === null) return isLast && upToMinutes === null
      return upToMinutes > (entries[index - 1]?.upToMinutes ?? 0)
    })
  )
}
