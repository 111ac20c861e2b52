import { z } from 'zod'
import { firstGap } from './dated.ts'
import { isPlainDate } from './plain-date.ts'

export const plainDateSchema = z.string().refine(isPlainDate, 'expected a date, such as 2026-01-01')

/** A list of dated entries of a policy file. `everyDay`: from 0001-01-01 on no day may be without one. */
export function datedSchema<T extends z.ZodType>(value: T, coverage: 'every_day' | 'some_days') {
  const entry = z.strictObject({
    validFrom: plainDateSchema,
    validTo: plainDateSchema.optional(),
    basis: z.string().min(1),
    status: z.enum(['in_force', 'provisional', 'unconfirmed']),
    value,
  })
  return z.array(entry).superRefine((entries, context) => {
    const begun = new Set<string>()
    for (const [index, { validFrom, validTo }] of entries.entries()) {
      if (validTo !== undefined && validTo < validFrom) {
        context.addIssue({ code: 'custom', path: [index, 'validTo'], message: `ends before it begins (${validFrom})` })
      }
      if (begun.has(validFrom)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'validFrom'],
          message: 'another entry begins on the same day',
        })
      }
      begun.add(validFrom)
    }
    if (coverage === 'some_days') return
    const gap = firstGap(entries)
    if (gap !== undefined) context.addIssue({ code: 'custom', message: `no entry is in force on ${gap}` })
  })
}
