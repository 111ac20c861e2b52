import { z } from 'zod'
import { isRealDay } from './calendar-day.ts'
import { looksLikeCitizenNumber } from './personal-data.ts'

// The messages are what a dead letter tells the sender after the JSON pointer: what was expected, never what was found.

/** Units, complaints, checks, codes. */
export const id = z.string().regex(/^[A-Za-z0-9._:/-]{1,64}$/, { error: '1 to 64 of A-Z a-z 0-9 . _ : / -' })

/** A person, made by the publisher with a keyed hash. */
export const opaqueKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, { error: 'an opaque key: 8 to 64 of A-Z a-z 0-9 _ -' })
  .refine((value) => !looksLikeCitizenNumber(value), { error: 'an opaque key, no NIK and no NIP' })
  .meta({ not: { pattern: '^(?:[_-]*[0-9]){16}(?:(?:[_-]*[0-9]){2})?[_-]*$' } })

/** Any day that exists, in the city's zone. */
export const plainDate = z
  .string()
  .regex(/^(?!0000)\d{4}-\d{2}-\d{2}$/, { error: 'a date YYYY-MM-DD' })
  .refine(isRealDay, { error: 'a date that exists' })
  .meta({ format: 'date' })

/**
 * The day of a fact. Nothing a city reports is older than 1970; without this floor one typing error (0202-05-01) would make
 * a unit's history, worked out week by week from its first fact, begin in the third century. Nor does a city plan past 2099:
 * a far day (9999-12-31) has no next one, and tables that keep days in two bytes end in 2149.
 */
export const factDate = z
  .string()
  .regex(/^(?:19[7-9]\d|20\d{2})-\d{2}-\d{2}$/, { error: 'a date YYYY-MM-DD, from 1970 to 2099' })
  .refine(isRealDay, { error: 'a date that exists' })
  .meta({ format: 'date' })

/** A week, named by its Monday. */
export const week = factDate
  .refine((date) => new Date(date).getUTCDay() === 1, { error: 'the Monday of a week' })
  .meta({ format: 'date', description: 'A Monday' })

// \p{Cs}: half a surrogate pair has no UTF-8 form.
const titlePattern = /^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]{1,200}$/u

/** A unit's name or a role's title. No control characters: these words travel into mail headers and tables. */
export const title = z
  .string()
  .refine((text) => titlePattern.test(text), { error: 'one line of 1 to 200 characters, not blank' })
  .meta({ minLength: 1, maxLength: 200, pattern: '\\S' })

/** Whole minutes within one day. */
export const minutesOfDay = z.int({ error: 'whole minutes' }).min(0).max(1440)

/** A count of things, as wide as the tables that keep it. */
export const count = z.int({ error: 'a whole number' }).min(0).max(4_294_967_295)

/** The chance with which a random draw picked this case. */
export const inclusionProbability = z.number().gt(0).lte(1)
