import { z } from 'zod'
import { type Dated, inForce } from './dated.ts'
import { datedSchema } from './dated-schema.ts'
import type { PlainDate } from './plain-date.ts'

const count = z.int().min(0)

function classes<const C extends readonly [string, ...string[]]>(codes: C) {
  const entry = z.strictObject({
    code: z.enum(codes),
    /** The last minute of the class; null for the class that takes the rest. */
    upToMinutes: z.int().positive().nullable(),
  })
  return z.array(entry).refine(isLadder, 'expected rising minutes, the last class alone with null')
}

/** What a day's punches are judged by (domain.md 1.3; readings.md 14 to 19). */
export const attendanceRulesSchema = z.strictObject({
  /** A clock-in this many minutes late is still on time. */
  toleranceMinutes: count,
  lateClasses: classes(['TL1', 'TL2', 'TL3', 'TL4']),
  earlyClasses: classes(['PSW1', 'PSW2', 'PSW3', 'PSW4']),
  /** The minutes left early that a day without a clock-out counts as. */
  missingClockOutMinutes: count,
  /** Lateness up to here is made up by staying on the same day. */
  makeUpUpToMinutes: count,
  /** An excuse later than the close of this working day after the date is retroactive. */
  retroactiveAfterWorkingDays: z.int().positive(),
  /** A full day's work: the most that can be lost on one day. */
  dayMinutes: z.int().positive(),
})

/** Deadlines of complaints (domain.md 1.6, 5.4; readings.md 2 to 12). */
export const deadlineRulesSchema = z.strictObject({
  classWorkingDays: z.strictObject({
    light: z.int().positive(),
    normative: z.int().positive(),
    ordinary: z.int().positive(),
    supervision: z.int().positive(),
  }),
  responseWorkingDays: z.int().positive(),
  /** The least that a receiver of a complaint is given, and the longest that it may sit before forwarding. */
  custodyFloorWorkingDays: z.int().positive(),
  /** Lost and regained within this many: one custody. */
  regainWithinWorkingDays: z.int().positive(),
  /** A reopening counts within this many spans of 24 h after the closure. */
  reopenWithinDays: z.int().positive(),
  /** The longest that one waiting for the citizen stops the unit's clock. */
  waitingWorkingDays: z.int().positive(),
  /** To the inspectorate and out of the scores, so that nobody gains from hiding them. */
  severeCategories: z.array(z.string().min(1)),
})

export const datedAttendanceRulesSchema = datedSchema(attendanceRulesSchema, 'every_day')
export const datedDeadlineRulesSchema = datedSchema(deadlineRulesSchema, 'every_day')

type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

export type AttendanceRules = DeepReadonly<z.output<typeof attendanceRulesSchema>>
export type DeadlineRules = DeepReadonly<z.output<typeof deadlineRulesSchema>>

/** The rules of a date: attendance by the work date, deadlines by the receipt date of the complaint. */
export interface Rules {
  attendanceOn(date: PlainDate): AttendanceRules
  deadlinesOn(date: PlainDate): DeadlineRules
}

export function createRules(config: {
  readonly attendance: Dated<AttendanceRules>
  readonly deadlines: Dated<DeadlineRules>
}): Rules {
  return {
    attendanceOn: (date) => inForce(config.attendance, date),
    deadlinesOn: (date) => inForce(config.deadlines, date),
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
