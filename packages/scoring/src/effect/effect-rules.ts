import { type DatedFields, inForce } from '@bina/domain/dated'
import { datedSchema } from '@bina/domain/dated-schema'
import type { PlainDate } from '@bina/domain/plain-date'
import { z } from 'zod'

const weeks = z.int().min(2).max(104)
const units = z.int().min(2).max(10_000)

const span = { least: weeks, most: weeks }
const isSpan = ({ least, most }: { readonly least: number; readonly most: number }) => least <= most

/** `policy/coaching-effect.yaml` (domain.md 2.6). */
export const effectPolicySchema = z.strictObject({
  unitWeeks: datedSchema(z.strictObject(span).refine(isSpan, 'expected least not above most'), 'every_day'),
  pooled: datedSchema(
    z
      .strictObject({ ...span, recent: weeks, coachedUnits: units, comparedUnits: units })
      .refine(isSpan, 'expected least not above most'),
    'every_day',
  ),
  conclusion: datedSchema(
    z.strictObject({ confidence: z.number().min(0.8).lt(1), nonePoints: z.number().min(0).max(100) }),
    'every_day',
  ),
})

export interface EffectRules {
  readonly unitWeeks: { readonly least: number; readonly most: number }
  readonly pooled: {
    readonly least: number
    readonly most: number
    readonly recent: number
    readonly coachedUnits: number
    readonly comparedUnits: number
  }
  readonly conclusion: { readonly confidence: number; readonly nonePoints: number }
}

export type EffectPolicy = DatedFields<EffectRules>

export function effectRulesOn(policy: EffectPolicy, date: PlainDate): EffectRules {
  return {
    unitWeeks: inForce(policy.unitWeeks, date),
    pooled: inForce(policy.pooled, date),
    conclusion: inForce(policy.conclusion, date),
  }
}
