import { z } from 'zod'
import { firstGap } from './dated.ts'
import { isPlainDate } from './plain-date.ts'

export const plainDateSchema = z.string().refine(isPlainDate, 'expected a date, such as 2026-01-01')

interface Validity {
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly overlay?: boolean | undefined
}

/**
 * A list of dated entries of a policy file. Standing entries must not overlap, nor overlays among themselves; `every_day`: from
 * 0001-01-01 on no day may be without a standing one.
 */
export function datedSchema<T extends z.ZodType>(value: T, coverage: 'every_day' | 'some_days') {
  const entry = z
    .strictObject({
      validFrom: plainDateSchema,
      validTo: plainDateSchema.optional(),
      basis: z.string().min(1),
      status: z.enum(['in_force', 'provisional', 'unconfirmed']),
      overlay: z.boolean().optional(),
      value,
    })
    .refine(({ overlay, validTo }) => overlay !== true || validTo !== undefined, {
      path: ['validTo'],
      message: 'an overlay is temporary: say on which day it ends',
    })
  return z.array(entry).superRefine((entries, context) => {
    for (const [index, { validFrom, validTo }] of entries.entries()) {
      if (validTo === undefined || validTo >= validFrom) continue
      context.addIssue({ code: 'custom', path: [index, 'validTo'], message: `ends before it begins (${validFrom})` })
    }
    for (const { index, other } of overlaps(entries)) {
      const message = `overlaps the entry of ${other.validFrom}: end that one before, or, if it is meant to lie over it for a time, mark it with overlay: true`
      context.addIssue({ code: 'custom', path: [index, 'validFrom'], message })
    }
    if (coverage === 'some_days') return
    const gap = firstGap(entries.filter(({ overlay }) => overlay !== true))
    if (gap !== undefined) context.addIssue({ code: 'custom', message: `no entry is in force on ${gap}` })
  })
}

/** Entries that share a day with one of their own kind that began no later. */
function overlaps(entries: readonly Validity[]): readonly { readonly index: number; readonly other: Validity }[] {
  const found: { index: number; other: Validity }[] = []
  const inOrder = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => (a.entry.validFrom < b.entry.validFrom ? -1 : a.entry.validFrom > b.entry.validFrom ? 1 : 0))
  for (const isOverlay of [false, true]) {
    let longest: Validity | undefined
    for (const { entry, index } of inOrder) {
      if ((entry.overlay === true) !== isOverlay) continue
      if (longest !== undefined && (longest.validTo === undefined || longest.validTo >= entry.validFrom))
        found.push({ index, other: longest })
      if (longest === undefined || (longest.validTo !== undefined && (entry.validTo ?? '~') > longest.validTo))
        longest = entry
    }
  }
  return found
}
