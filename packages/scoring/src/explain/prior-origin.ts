import { entryInForce, type PolicyStatus } from '@bina/domain/dated'
import type { PlainDate } from '@bina/domain/plain-date'
import { isScoredType, type PriorMeasure, type ScoredType, type ScoringPolicy } from '../scoring-policy.ts'

/** Where a prior comes from: `unitType` and an end where it was fitted to a type for a quarter, neither for a starting one. */
export interface PriorOrigin {
  readonly unitType: ScoredType | undefined
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | undefined
  readonly basis: string
  readonly status: PolicyStatus
}

/** Of the prior that `scoringRulesOn` takes for a measure, a week and a unit type. */
export function priorOrigin(
  policy: ScoringPolicy,
  monday: PlainDate,
  unitType: string | undefined,
  measure: PriorMeasure,
): PriorOrigin | undefined {
  const fitted = isScoredType(unitType) ? entryInForce(policy.fittedPriors?.[unitType] ?? [], monday) : undefined
  const isFitted = fitted?.value[measure] !== undefined
  const entry = isFitted ? fitted : entryInForce(policy.priors, monday)
  if (entry === undefined) return undefined
  const { validFrom, validTo, basis, status } = entry
  return { unitType: isFitted && isScoredType(unitType) ? unitType : undefined, validFrom, validTo, basis, status }
}
