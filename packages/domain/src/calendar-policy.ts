import { z } from 'zod'
import { entryInForce } from './dated.ts'
import { datedSchema, plainDateSchema } from './dated-schema.ts'

/** The profile that stands in for one that the policy does not know (readings.md 1). */
export const FALLBACK_PROFILE = 'office_5d'

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, {
    error: 'expected a time of day in quotes, such as "07:30"',
    abort: true,
  })
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))

const MINUTES_OF_A_DAY = 1440

const dayHours = z
  .strictObject({
    start: clock,
    end: clock,
    /** The end is a time of the next day; the whole shift belongs to the date on which it starts. */
    endsNextDay: z.boolean().optional(),
    break: z.strictObject({ start: clock, end: clock }).optional(),
  })
  .refine((day) => day.endsNextDay === true || day.start < day.end, {
    path: ['end'],
    message: 'a shift ends after its start, on the same date unless endsNextDay says otherwise',
  })
  .refine((day) => day.endsNextDay !== true || day.end <= day.start, {
    path: ['end'],
    message: 'a shift lasts at most 24 hours, so that it is over when the next one starts',
  })
  .refine((day) => day.endsNextDay !== true || day.break === undefined, {
    path: ['break'],
    message: 'a shift over midnight has no break',
  })
  .refine(
    ({ start, end, endsNextDay, break: pause }) =>
      pause === undefined ||
      endsNextDay === true ||
      (start <= pause.start && pause.start < pause.end && pause.end <= end),
    { path: ['break'], message: 'a break lies inside the shift' },
  )
  .transform(({ start, end, endsNextDay, break: pause }) => ({
    start,
    /** Minutes since midnight of the date on which the shift starts: past 1440 when it ends on the next. */
    end: endsNextDay === true ? end + MINUTES_OF_A_DAY : end,
    ...(pause === undefined ? {} : { break: pause }),
  }))

const weekHours = z
  .strictObject({
    monday: dayHours.optional(),
    tuesday: dayHours.optional(),
    wednesday: dayHours.optional(),
    thursday: dayHours.optional(),
    friday: dayHours.optional(),
    saturday: dayHours.optional(),
    sunday: dayHours.optional(),
  })
  .refine((week) => Object.values(week).some((day) => day !== undefined), 'a week has at least one working day')
  .refine(startsAfterTheDayBefore, 'a shift that ends on the next day must be over before that day has its own')

const profile = z.strictObject({
  /** False for those who work on public holidays, and for cities that do not keep this country's. */
  keepsHolidays: z.boolean(),
  hours: weekHours,
  ramadanHours: weekHours.optional(),
})

const daysOff = z.strictObject({ holidays: z.array(plainDateSchema), jointLeave: z.array(plainDateSchema) })

/** `policy/calendar.yaml`. Times of day become minutes since midnight. */
export const calendarPolicySchema = z.strictObject({
  profiles: z
    .record(z.string().regex(/^[a-z0-9_]{1,64}$/), datedSchema(profile, 'every_day'))
    .refine((profiles) => Object.hasOwn(profiles, FALLBACK_PROFILE), `expected a profile '${FALLBACK_PROFILE}'`),
  daysOff: datedSchema(daysOff, 'some_days').superRefine((entries, context) => {
    for (const [index, { validFrom, validTo, value }] of entries.entries()) {
      for (const list of ['holidays', 'jointLeave'] as const) {
        for (const [at, date] of value[list].entries()) {
          if (date >= validFrom && (validTo === undefined || date <= validTo)) continue
          const path = [index, 'value', list, at]
          context.addIssue({ code: 'custom', path, message: `${date} is outside the days that the entry is valid for` })
        }
      }
    }
  }),
  ramadan: datedSchema(z.strictObject({ hijriYear: z.int().positive() }), 'some_days'),
})

export type CalendarPolicy = z.output<typeof calendarPolicySchema>
export type DayHours = z.output<typeof dayHours>

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

function startsAfterTheDayBefore(
  week: {
    readonly [day in (typeof DAYS)[number]]?: { readonly start: number; readonly end: number } | undefined
  },
): boolean {
  return DAYS.every((day, at) => {
    const before = week[DAYS[(at + 6) % 7] ?? 'sunday']
    const today = week[day]
    return before === undefined || today === undefined || before.end - MINUTES_OF_A_DAY <= today.start
  })
}

/**
 * What a reader of the calendar should know of the years asked for: no decree (readings.md 1: a warning, no error), days that wait for
 * one, and days that nobody has confirmed.
 */
export function calendarWarnings(policy: CalendarPolicy, fromYear: number, toYear: number): readonly string[] {
  const warnings: string[] = []
  for (let year = fromYear; year <= toYear; year++) {
    const entry = entryInForce(policy.daysOff, `${year}-12-31`)
    if (entry === undefined) warnings.push(`${year}: no decree on holidays and joint leave`)
    else if (entry.status !== 'in_force') warnings.push(`${year}: holidays and joint leave are ${entry.status}`)
    const ramadan = policy.ramadan.filter(({ validFrom }) => validFrom.startsWith(`${year}-`))
    if (ramadan.length === 0) warnings.push(`${year}: no dates of Ramadan`)
    for (const { status } of ramadan)
      if (status !== 'in_force') warnings.push(`${year}: the dates of Ramadan are ${status}`)
  }
  return warnings
}
