import { z } from 'zod'
import { type DatedFields, inForce } from './dated.ts'
import { datedSchema } from './dated-schema.ts'
import { isoWeekday, type PlainDate } from './plain-date.ts'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day in quotes, such as "07:30"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))

const minutes = z.int().min(0).max(240)

const keepFree = z
  .strictObject({
    name: z.string().regex(/^[a-z_]{1,32}$/),
    weekdays: z.array(z.enum(WEEKDAYS)).min(1),
    from: clock,
    to: clock,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'expected an end after the beginning' })

const rule = <T extends z.ZodType>(value: T) => datedSchema(value, 'every_day')
const weight = z.number().positive().max(100)

/** `policy/spot-checks.yaml` (domain.md 2.5). Times of day become minutes since midnight. */
export const spotCheckPolicySchema = z.strictObject({
  capacityPerDay: rule(z.int().min(1).max(10_000)),
  rotationShare: rule(z.number().min(0).max(1)),
  typeWeights: rule(z.strictObject({ kelurahan: weight, kecamatan: weight, upt: weight })),
  call: rule(
    z
      .strictObject({
        minutes: minutes.min(1),
        retryFromMinutes: minutes,
        retryToMinutes: minutes,
        /** Between the beginnings of two calls of one caller. */
        apartMinutes: minutes,
      })
      .refine(({ retryFromMinutes, retryToMinutes }) => retryFromMinutes <= retryToMinutes, {
        path: ['retryToMinutes'],
        message: 'expected an end after the beginning',
      }),
  ),
  keepFree: rule(z.array(keepFree)),
})

export interface SpotCheckRules {
  readonly capacityPerDay: number
  readonly rotationShare: number
  /** By unit type; units of other types are not called. */
  readonly typeWeights: Readonly<Record<string, number>>
  readonly call: {
    readonly minutes: number
    readonly retryFromMinutes: number
    readonly retryToMinutes: number
    readonly apartMinutes: number
  }
  readonly keepFree: readonly {
    readonly name: string
    readonly weekdays: readonly string[]
    readonly from: number
    readonly to: number
  }[]
}

export type SpotCheckPolicy = DatedFields<SpotCheckRules>

/** The rules in force on a date. */
export function spotCheckRulesOn(policy: SpotCheckPolicy, date: PlainDate): SpotCheckRules {
  return {
    capacityPerDay: inForce(policy.capacityPerDay, date),
    rotationShare: inForce(policy.rotationShare, date),
    typeWeights: inForce(policy.typeWeights, date),
    call: inForce(policy.call, date),
    keepFree: inForce(policy.keepFree, date),
  }
}

/** Minutes of the day that are kept free on a date, by the rules. */
export function keptFreeOn(rules: SpotCheckRules, date: PlainDate): readonly (readonly [number, number])[] {
  const weekday = WEEKDAYS[isoWeekday(date) - 1] ?? ''
  return rules.keepFree.filter(({ weekdays }) => weekdays.includes(weekday)).map(({ from, to }) => [from, to] as const)
}
