import { z } from 'zod'
import type { ReportLocale, ReportUnitType } from './report-input.ts'
import { STEP_KEYS, type StepKey } from './step-key.ts'
import { lintWording } from './wording-lint.ts'

const UNIT_TYPES = ['kelurahan', 'kecamatan', 'upt'] as const satisfies readonly ReportUnitType[]

/** So many that the one agreed on last time may be left out, and two weeks running still differ. */
const LEAST_FOR_A_FOCUS = 3

const wording = (locale: ReportLocale) =>
  z
    .string()
    .max(160, 'expected a sentence of at most 160 characters: it is read on a phone')
    .regex(/^\p{Lu}.*\.$/u, 'expected a sentence: a capital letter first, a full stop last')
    .superRefine((text, context) => {
      for (const { found } of lintWording(text, locale))
        context.addIssue({ code: 'custom', message: `'${found}' may not stand in a note: say it of the task` })
    })

const actionSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{1,63}$/, 'expected a code such as greet_first'),
  focus: z.array(z.enum(STEP_KEYS)).min(1),
  units: z.union([z.literal('any'), z.array(z.enum(UNIT_TYPES)).min(1)]),
  owner: z.enum(['head', 'service_lead', 'office_lead']),
  retired: z.literal(true).optional(),
  text: z.strictObject({ id: wording('id'), en: wording('en') }),
})

/** `policy/actions.yaml`. */
export const actionLibrarySchema = z
  .strictObject({ actions: z.array(actionSchema) })
  .superRefine(({ actions }, context) => {
    const codes = actions.map(({ code }) => code)
    codes.forEach((code, at) => {
      if (codes.indexOf(code) < at)
        context.addIssue({ code: 'custom', path: ['actions', at, 'code'], message: `${code} stands here twice` })
    })
    for (const focus of STEP_KEYS)
      for (const unitType of UNIT_TYPES) {
        const steps = actionsFor({ actions }, focus, unitType).length
        if (steps >= LEAST_FOR_A_FOCUS) continue
        const message = `${focus} has ${steps} steps for a ${unitType}: expected at least ${LEAST_FOR_A_FOCUS}`
        context.addIssue({ code: 'custom', path: ['actions'], message })
      }
  })

/** One concrete thing that a unit can do by itself within a week. Its owner is a post, named by the unit's type; `head` is the reader. */
export interface Action {
  /** What an agreement records; never used again for something else. */
  readonly code: string
  readonly focus: readonly StepKey[]
  readonly units: 'any' | readonly ReportUnitType[]
  readonly owner: 'head' | 'service_lead' | 'office_lead'
  /** No longer suggested; its words stay for those who agreed on it. */
  readonly retired?: true | undefined
  readonly text: Readonly<Record<ReportLocale, string>>
}

export interface ActionLibrary {
  readonly actions: readonly Action[]
}

/** What may be suggested to a unit of this type, in the order of the library. */
export function actionsFor({ actions }: ActionLibrary, focus: StepKey, unitType: ReportUnitType): readonly Action[] {
  return actions.filter(
    ({ focus: foci, units, retired }) =>
      retired !== true && foci.includes(focus) && (units === 'any' || units.includes(unitType)),
  )
}

/** The words of a step that was agreed on, retired or not; undefined for a code that the library does not know. */
export function actionText({ actions }: ActionLibrary, code: string, locale: ReportLocale): string | undefined {
  return actions.find((action) => action.code === code)?.text[locale]
}
