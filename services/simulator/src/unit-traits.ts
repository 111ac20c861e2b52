import type { CityPlan } from './city-plan.ts'
import type { CityUnit } from './palembang.ts'
import { createRandom, normal, type Random } from './random.ts'
import { storyTraits } from './story-lines.ts'

/** How a unit is, in one week. Shares are probabilities; the true values that measures can only estimate. */
export interface UnitTraits {
  readonly lateShare: number
  readonly earlyShare: number
  readonly absentShare: number
  /** Person-days on leave. */
  readonly leaveShare: number
  readonly complaintsPerWeek: number
  /** Of complaints: about rudeness. */
  readonly rudeShare: number
  /** Multiplies the time to a first response and to a resolution. */
  readonly pace: number
  /** Of audited closures: really done. */
  readonly fixShare: number
  readonly auditShare: number
  /** Of complaints taken: forwarded or refused, and of those: after more than three working days. */
  readonly bounceShare: number
  readonly lateBounceShare: number
  /** What people say of courtesy and clarity, and of the rest, from 0 to 1. */
  readonly courtesy: number
  readonly satisfaction: number
  readonly inviteShare: number
  readonly ratedShare: number
}

const complaintsByType = { kelurahan: 0.85, kecamatan: 1.3, upt: 1.2, opd: 0, city: 0 } as const

/** A share that differs from unit to unit, but stays a share: normal on the scale of log odds. */
function around(random: Random, share: number, sd: number): number {
  const logOdds = Math.log(share / (1 - share)) + normal(random, 0, sd)
  return 1 / (1 + Math.exp(-logOdds))
}

/** A factor with mean 1. */
function factor(random: Random, sd: number): number {
  return Math.exp(normal(random, -(sd * sd) / 2, sd))
}

/** `week` is counted from 1, as stories count. */
export function traitsOf(plan: CityPlan, unit: CityUnit, week: number): UnitTraits {
  const random = createRandom(plan.seed, 'traits', unit.unitId)
  const usual: UnitTraits = {
    lateShare: around(random, 0.17, 0.35),
    earlyShare: around(random, 0.07, 0.3),
    absentShare: around(random, 0.03, 0.4),
    leaveShare: around(random, 0.04, 0.25),
    complaintsPerWeek: plan.complaintsPerUnitWeek * complaintsByType[unit.unitType] * factor(random, 0.5),
    rudeShare: around(random, 0.1, 0.3),
    pace: factor(random, 0.25),
    fixShare: around(random, 0.86, 0.35),
    auditShare: 0.2,
    bounceShare: around(random, 0.08, 0.3),
    lateBounceShare: 0.25,
    courtesy: around(random, 0.76, 0.3),
    satisfaction: around(random, 0.76, 0.25),
    inviteShare: 0.6,
    ratedShare: 0.35,
  }
  return { ...usual, ...storyTraits(plan, unit.unitId, week) }
}
