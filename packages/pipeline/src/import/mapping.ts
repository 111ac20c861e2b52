import { parseWeek } from '@bina/domain/week'
import { isZone } from '@bina/domain/zone'
import { complaintAssigned, complaintReceived } from '@bina/events/complaint'
import { directoryUnit } from '@bina/events/directory'
import { envelopeSchema } from '@bina/events/envelope'
import { id, plainDate } from '@bina/events/field'
import { resolutionResolved } from '@bina/events/resolution'
import { z } from 'zod'
import { parseTemplate } from './template.ts'
import { compileTimeFormat } from './time-format.ts'

// What an operator writes to say how the rows of a CSV file become events. Strict: what is not known here is an error, and
// a column that no rule names is never read.

const column = z.string({ error: 'the name of a column' }).min(1, { error: 'the name of a column' })

/** Text that `compile` takes; what it throws becomes the problem's words. */
const compiled = (what: string, compile: (text: string) => unknown) =>
  z.string({ error: what }).check((ctx) => {
    try {
      compile(ctx.value)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      ctx.issues.push({ code: 'custom', input: ctx.value, message: `${what}: ${why}` })
    }
  })

const template = compiled('text with {Column} in it', parseTemplate)
const timeFormat = compiled(
  'a time format such as yyyy-MM-dd HH:mm:ss, MM/dd/yyyy hh:mm:ss a or rfc3339',
  compileTimeFormat,
)
export const patternOf = (text: string) => new RegExp(text, 'iu')
const pattern = compiled('a regular expression', patternOf)

const test = { oneOf: z.array(z.string()).min(1).optional(), matches: pattern.optional() }
const exactlyOne = (rule: { oneOf?: unknown; matches?: unknown }) =>
  (rule.oneOf === undefined) !== (rule.matches === undefined)
const oneTest = { error: 'exactly one of oneOf and matches' }

/** True for a row whose value is one of a list, or matches a pattern; upper and lower case are the same. */
const condition = z.strictObject({ column, ...test }).refine(exactlyOne, oneTest)
export type Condition = z.infer<typeof condition>

/** A value of the contract: always the same, or by a column's values. Without `otherwise` an unlisted value is a problem. */
const choice = <T extends z.ZodType<string>>(value: T) =>
  z
    .strictObject({
      always: value.optional(),
      column: column.optional(),
      values: z.record(z.string(), value).optional(),
      otherwise: value.optional(),
    })
    .refine((rule) => (rule.always === undefined) !== (rule.column === undefined), {
      error: 'either always, or column with values',
    })
    .refine((rule) => rule.column === undefined || rule.values !== undefined, {
      error: 'values: what each value of the column means',
    })
    .refine((rule) => rule.always === undefined || (rule.values ?? rule.otherwise) === undefined, {
      error: 'always stands alone',
    })

export interface Choice<V extends string = string> {
  readonly always?: V | undefined
  readonly column?: string | undefined
  readonly values?: Readonly<Record<string, V>> | undefined
  readonly otherwise?: V | undefined
}

const level = z
  .strictObject({
    id: template,
    name: template,
    unitType: directoryUnit.shape.unitType,
    headRole: directoryUnit.shape.headRole,
    reportEmails: directoryUnit.shape.reportEmails.default([]),
    locale: directoryUnit.shape.locale.optional(),
    parent: z.string().optional(),
    parentUnitId: id.optional(),
    /** False for units that the city's directory already has: they are named by the rows and not made by the import. */
    publish: z.boolean().default(true),
  })
  .refine((unit) => unit.parent === undefined || unit.parentUnitId === undefined, {
    error: 'at most one of parent and parentUnitId',
  })
export type UnitLevel = z.infer<typeof level>

const outcome = resolutionResolved.shape.outcome

const part = z.looseObject({})
/** As much of a mapping as it takes to ask whether its levels refer to each other rightly. */
const referring = z.looseObject({
  units: z.record(z.string(), part),
  received: part,
  assigned: part.optional(),
  resolved: part.optional(),
})

export const mappingSchema = z
  .strictObject({
    version: z.literal(1, { error: 'expected 1' }),
    source: envelopeSchema.shape.source,
    zone: z.string().refine(isZone, { error: 'the name of a time zone of the IANA database' }),
    calendarProfile: id,
    /** Where the figures of these rows are to be looked for; shown, not used. */
    reportWeek: compiled('a week such as 2022-W18', parseWeek).optional(),
    file: z
      .strictObject({
        encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'windows-1252']).default('auto'),
        delimiter: z.enum(['auto', ',', ';', 'tab', '|']).default('auto'),
      })
      .prefault({}),
    /** Values that mean that there is none. */
    emptyValues: z.array(z.string()).default([]),
    timeFormat,
    rows: z.strictObject({
      /** The row's key in its source: complaint id, and with `source` the identity of its events. */
      key: template,
      only: z.array(condition).default([]),
      leaveOut: z.array(condition).default([]),
    }),
    directory: z.strictObject({ validFrom: plainDate, locale: directoryUnit.shape.locale }),
    units: z
      .record(z.string(), level)
      .refine((levels) => Object.keys(levels).length > 0, { error: 'at least one level of units' }),
    received: z.strictObject({
      at: column,
      channel: choice(complaintReceived.shape.channel),
      kind: choice(complaintReceived.shape.kind),
      category: choice(complaintReceived.shape.category),
      slaClass: choice(complaintReceived.shape.slaClass),
      /** Level of the unit that was complained about, where rows tell. */
      unit: z.string().optional(),
    }),
    assigned: z.strictObject({ at: column, unit: z.string(), ruledBy: complaintAssigned.shape.ruledBy }).optional(),
    resolved: z
      .strictObject({
        at: column,
        unit: z.string(),
        /** Which rows are closed; without it those that have a time. */
        when: condition.optional(),
        /** What a closed row without a time is. */
        withoutTime: z.enum(['problem', 'open']).default('problem'),
        /** The first rule that holds decides. */
        outcomes: z.array(z.strictObject({ column, ...test, outcome }).refine(exactlyOne, oneTest)).default([]),
        otherwise: outcome,
      })
      .optional(),
  })
  .superRefine(
    (mapping, ctx) => {
      const levels = Object.keys(mapping.units)
      const known = (
        name: string | undefined,
        path: (string | number)[],
        allowed: readonly string[],
        among: string,
      ) => {
        if (name === undefined || allowed.includes(name)) return
        const message = `one of ${among}: ${allowed.join(', ') || 'there is none'}`
        ctx.addIssue({ code: 'custom', path, message })
      }
      known(mapping.received.unit, ['received', 'unit'], levels, 'the levels under units')
      known(mapping.assigned?.unit, ['assigned', 'unit'], levels, 'the levels under units')
      known(mapping.resolved?.unit, ['resolved', 'unit'], levels, 'the levels under units')
      // A parent stands above its children, so that no unit can be its own superior.
      for (const [at, name] of levels.entries()) {
        known(mapping.units[name]?.parent, ['units', name, 'parent'], levels.slice(0, at), 'the levels above this one')
      }
    },
    // Also beside other problems: an operator wants to see all of them at once.
    { when: ({ value }) => referring.safeParse(value).success },
  )

export type ImportMapping = z.infer<typeof mappingSchema>
