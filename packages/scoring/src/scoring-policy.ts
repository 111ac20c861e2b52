import { type Dated, type DatedFields, entryInForce, inForce } from '@bina/domain/dated'
import { datedSchema } from '@bina/domain/dated-schema'
import type { PlainDate } from '@bina/domain/plain-date'
import { z } from 'zod'
import { WINDOW_WEEKS, type WindowName } from './measure-id.ts'
import { quarterOf } from './quarter.ts'

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

const priors = z.strictObject({
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
})

/** The measures that could be fitted; those left out keep the starting prior. */
const fitted = datedSchema(priors.partial(), 'some_days').superRefine((entries, context) => {
  for (const [index, { validFrom, validTo }] of entries.entries()) {
    if (quarterOf(validFrom).first !== validFrom)
      context.addIssue({ code: 'custom', path: [index, 'validFrom'], message: `no quarter begins on ${validFrom}` })
    if (validTo === undefined || quarterOf(validTo).last !== validTo)
      context.addIssue({
        code: 'custom',
        path: [index, 'validTo'],
        message: `priors are frozen per quarter: expected the last day of one, such as ${quarterOf(validTo ?? validFrom).last}`,
      })
  }
})

// Two days of one person are alike, but never so alike that a month of a person says no more than one day.
const correlation = z.number().min(0).max(0.9)

/** `policy/scoring.yaml` (domain.md 5.5; readings.md 28 to 35). */
export const scoringPolicySchema = z.strictObject({
  priors: rule(priors),
  fittedPriors: z
    .strictObject({ kelurahan: fitted.optional(), kecamatan: fitted.optional(), upt: fitted.optional() })
    .optional(),
  personCorrelation: rule(z.strictObject({ A1: correlation, A2: correlation, A3: correlation })),
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

/** Unit types that have a score, and so priors of their own. */
export const SCORED_TYPES = ['kelurahan', 'kecamatan', 'upt'] as const
export type ScoredType = (typeof SCORED_TYPES)[number]

/** How alike the days of one person are: n days, k of each person, say as much as n / (1 + (k - 1) rho) of as many people. */
export type PersonCorrelation = Readonly<Record<'A1' | 'A2' | 'A3', number>>

/** u(x; f, t) = 100 clip((x - f) / (t - f), 0, 1), and its share of the score. */
export interface TermRule {
  readonly floor: number
  readonly target: number
  readonly weight: number
}

export type DisciplineTerm = 'verified_attendance' | 'on_time' | 'full_day'
export type ServiceTerm = 'response' | 'verified_resolution' | 'satisfaction' | 'courtesy_clarity' | 'no_stale_backlog'

/** The scoring rules of one week and unit type. Priors fitted to the type have taken the place of the starting ones. */
export interface ScoringRules {
  readonly priors: Readonly<Record<PriorMeasure, Prior>>
  /** 0 in version 1 of the scores: every person-day counts as one independent observation. */
  readonly personCorrelation: PersonCorrelation
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

export type FittedPriors = { readonly [M in PriorMeasure]?: Prior | undefined }

export type ScoringPolicy = DatedFields<ScoringRules> & {
  readonly fittedPriors?: { readonly [T in ScoredType]?: Dated<FittedPriors> | undefined } | undefined
}

/** The rules that the figures of a week and of units of one type are judged by: those in force on the week's Monday. */
export function scoringRulesOn(policy: ScoringPolicy, monday: PlainDate, unitType?: string): ScoringRules {
  return {
    priors: priorsOn(policy, monday, unitType),
    personCorrelation: inForce(policy.personCorrelation, monday),
    discipline: inForce(policy.discipline, monday),
    service: inForce(policy.service, monday),
    bands: inForce(policy.bands, monday),
    confidence: inForce(policy.confidence, monday),
    answerSpread: inForce(policy.answerSpread, monday),
    lostMinutesLimit: inForce(policy.lostMinutesLimit, monday),
  }
}

/** The starting priors, but for those that were fitted to the type for this quarter. */
function priorsOn(policy: ScoringPolicy, monday: PlainDate, unitType: string | undefined): ScoringRules['priors'] {
  const starting = inForce(policy.priors, monday)
  if (!isScoredType(unitType)) return starting
  const fitted = entryInForce(policy.fittedPriors?.[unitType] ?? [], monday)?.value
  if (fitted === undefined) return starting
  const entries = Object.entries(starting).map(([measure, prior]) => [
    measure,
    fitted[measure as PriorMeasure] ?? prior,
  ])
  return Object.fromEntries(entries) as ScoringRules['priors']
}

export function isScoredType(unitType: string | undefined): unitType is ScoredType {
  return SCORED_TYPES.some((type) => type === unitType)
}

function weightsAddUp(terms: Readonly<Record<string, TermRule>>): boolean {
  return Math.abs(Object.values(terms).reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9
}
