import { type DatedFields, inForce } from '@bina/domain/dated'
import { datedSchema } from '@bina/domain/dated-schema'
import type { PlainDate } from '@bina/domain/plain-date'
import { z } from 'zod'
import { WINDOW_WEEKS, type WindowName } from './measure-id.ts'

const share = z.number().min(0).max(1)
const points = z.number().min(0).max(100)
const window = z.enum(Object.keys(WINDOW_WEEKS) as [WindowName, ...WindowName[]])

const prior = z
  .strictObject({ mean: z.number().gt(0).lt(1), strength: z.number().min(1).max(100_000) })
  .refine(
    ({ mean, strength }) => Math.min(mean, 1 - mean) * strength >= 0.01,
    'a prior this sure of itself could not be moved',
  )

const term = z
  .strictObject({ floor: share, target: share, weight: share })
  .refine(({ floor, target }) => floor < target, { path: ['target'], message: 'a target is above its floor' })

const rule = <T extends z.ZodType>(value: T) => datedSchema(value, 'every_day')

/** `policy/scoring.yaml` (domain.md 5.5; readings.md 28 to 35). */
export const scoringPolicySchema = z.strictObject({
  priors: rule(
    z.strictObject({
      A1: prior,
      A2: prior,
      A3: prior,
      C1: prior,
      S1: prior,
      S2: prior,
      S3: prior,
      S4: prior,
      S5: prior,
      S6: prior,
    }),
  ),
  discipline: rule(
    z.strictObject({
      window,
      /** A1's denominator below which nothing is shown. */
      hideUnderPersonDays: z.int().min(0),
      terms: z
        .strictObject({ verified_attendance: term, on_time: term, full_day: term })
        .refine(weightsAddUp, 'expected weights that add up to 1'),
    }),
  ),
  service: rule(
    z.strictObject({
      window,
      widenedWindow: window,
      backlogWindow: window,
      /** S2's denominator below which the window widens, and below which nothing is shown. */
      widenUnderDueCases: z.int().min(0),
      hideUnderDueCases: z.int().min(0),
      terms: z
        .strictObject({
          response: term,
          verified_resolution: term,
          satisfaction: term,
          courtesy_clarity: term,
          no_stale_backlog: term,
        })
        .refine(weightsAddUp, 'expected weights that add up to 1'),
    }),
  ),
  bands: rule(
    z
      .strictObject({ keptFrom: points, supportUnder: points })
      .refine(({ keptFrom, supportUnder }) => supportUnder <= keptFrom, 'expected supportUnder not above keptFrom'),
  ),
  confidence: rule(
    z
      .strictObject({ highUpTo: points, mediumUpTo: points, lowUpTo: points })
      .refine(
        ({ highUpTo, mediumUpTo, lowUpTo }) => highUpTo <= mediumUpTo && mediumUpTo <= lowUpTo,
        'expected highUpTo, mediumUpTo and lowUpTo to rise',
      ),
  ),
  answerSpread: rule(z.number().positive()),
  lostMinutesLimit: rule(z.number().positive()),
})

export interface Prior {
  readonly mean: number
  /** The number of observations that the prior weighs as much as. */
  readonly strength: number
}

export type PriorMeasure = 'A1' | 'A2' | 'A3' | 'C1' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6'

/** u(x; f, t) = 100 clip((x - f) / (t - f), 0, 1), and its share of the score. */
export interface TermRule {
  readonly floor: number
  readonly target: number
  readonly weight: number
}

export type DisciplineTerm = 'verified_attendance' | 'on_time' | 'full_day'
export type ServiceTerm = 'response' | 'verified_resolution' | 'satisfaction' | 'courtesy_clarity' | 'no_stale_backlog'

/** The scoring rules of one week. Priors fitted to a unit's type take the place of `priors` here. */
export interface ScoringRules {
  readonly priors: Readonly<Record<PriorMeasure, Prior>>
  readonly discipline: {
    readonly window: WindowName
    readonly hideUnderPersonDays: number
    readonly terms: Readonly<Record<DisciplineTerm, TermRule>>
  }
  readonly service: {
    readonly window: WindowName
    readonly widenedWindow: WindowName
    readonly backlogWindow: WindowName
    readonly widenUnderDueCases: number
    readonly hideUnderDueCases: number
    readonly terms: Readonly<Record<ServiceTerm, TermRule>>
  }
  readonly bands: { readonly keptFrom: number; readonly supportUnder: number }
  readonly confidence: { readonly highUpTo: number; readonly mediumUpTo: number; readonly lowUpTo: number }
  readonly answerSpread: number
  readonly lostMinutesLimit: number
}

export type ScoringPolicy = DatedFields<ScoringRules>

/** The rules that a week's figures are judged by: those in force on its Monday. */
export function scoringRulesOn(policy: ScoringPolicy, monday: PlainDate): ScoringRules {
  return {
    priors: inForce(policy.priors, monday),
    discipline: inForce(policy.discipline, monday),
    service: inForce(policy.service, monday),
    bands: inForce(policy.bands, monday),
    confidence: inForce(policy.confidence, monday),
    answerSpread: inForce(policy.answerSpread, monday),
    lostMinutesLimit: inForce(policy.lostMinutesLimit, monday),
  }
}

function weightsAddUp(terms: Readonly<Record<string, TermRule>>): boolean {
  return Math.abs(Object.values(terms).reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9
}
