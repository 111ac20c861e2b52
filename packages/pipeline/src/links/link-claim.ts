import { isPlainDate } from '@bina/domain/plain-date'
import { z } from 'zod'

const id = z.string().min(1).max(64)
const date = z.string().refine(isPlainDate)
const recipient = z.string().min(1).max(64)

/** Every link says to whom it was given, for which unit, in which language, and until when (the last day, in UTC) it can be used. */
const given = { locale: z.enum(['id', 'en']), expiresOn: date, unitId: id, recipient }
const ofWeek = { ...given, week: date }
const reader = z.enum(['unit_head', 'superior', 'in_place_of'])
/** The unit's own text, or a roll-up; what a recipient takes leave of, or confirms. */
const report = z.enum(['', 'area', 'city', 'integrity'])
/** `copies`: those that the unit's head gets of the reports of all units below. */
const subscription = z.enum([...report.options, 'copies'])

const schemas = {
  agree: z.strictObject({ purpose: z.literal('agree'), ...ofWeek, reader, actionCode: id, dueOn: date }),
  done: z.strictObject({ purpose: z.literal('done'), ...ofWeek, reader, actionId: id, actionCode: id }),
  object: z.strictObject({ purpose: z.literal('object'), ...ofWeek, reader, openUntil: date }),
  // Nobody else's link may record a coaching as held: neither the maker nor the verifier knows of such a link.
  held: z.strictObject({
    purpose: z.literal('held'),
    ...ofWeek,
    reader: z.literal('superior'),
    coachUnitId: id,
    topicCode: id,
    coachingId: id.optional(),
  }),
  unsubscribe: z.strictObject({ purpose: z.literal('unsubscribe'), ...given, report: subscription }),
  confirm_recipient: z.strictObject({ purpose: z.literal('confirm_recipient'), ...given, report }),
} as const

export type LinkPurpose = keyof typeof schemas
/** What a link with this purpose says; nothing that it does can come from anywhere else. */
export type LinkClaim<P extends LinkPurpose = LinkPurpose> = { readonly [K in P]: z.infer<(typeof schemas)[K]> }[P]

export const linkPurposes = Object.keys(schemas) as readonly LinkPurpose[]

/** The claim as a list, in the order of its schema: names would make each link half as long again. */
export function encodeClaim(claim: LinkClaim): string {
  const values: Readonly<Record<string, unknown>> = claim
  return JSON.stringify(Object.keys(schemas[claim.purpose].shape).map((name) => values[name] ?? null))
}

/** Undefined for what `encodeClaim` has not written. */
export function decodeClaim(text: string): LinkClaim | undefined {
  const list = listIn(text)
  const purpose = linkPurposes.find((known) => known === list?.[0])
  if (list === undefined || purpose === undefined) return undefined
  const schema = schemas[purpose]
  const names = Object.keys(schema.shape)
  if (list.length !== names.length) return undefined
  const fields = names.map((name, index) => [name, list[index] ?? undefined] as const)
  const read = schema.safeParse(Object.fromEntries(fields.filter(([, value]) => value !== undefined)))
  return read.success ? read.data : undefined
}

function listIn(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
