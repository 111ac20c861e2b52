import { describe, expect, it } from 'vitest'
import type { Counts } from './counts.ts'
import { proposePriors } from './propose-priors.ts'
import type { PriorMeasure } from './scoring-policy.ts'
import { startingRules } from './test-rules.ts'

const propose = (counts: Partial<Record<PriorMeasure, readonly Counts[]>>) =>
  new Map(
    proposePriors((measure) => counts[measure] ?? [], startingRules).map((proposal) => [proposal.measure, proposal]),
  )
const units = (n: number, denominator: number, numerator: (at: number) => number) =>
  Array.from({ length: n }, (_, at) => ({ numerator: numerator(at), denominator }))

describe('priors proposed for the units of a type', () => {
  it('are fitted where enough units and observations are there, and say from how many', () => {
    const a2 = propose({ A2: units(20, 200, (at) => 150 + at * 2) }).get('A2')
    expect(a2).toMatchObject({
      reason: 'fitted',
      units: 20,
      observations: 4_000,
      present: { mean: 0.82, strength: 40 },
    })
    expect(a2?.proposed?.mean).toBeCloseTo(0.845, 4)
    expect(a2?.proposed?.strength).toBeGreaterThan(40)
  })

  it('stay as they are where there is too little, or no difference to learn from', () => {
    const proposals = propose({
      A1: units(7, 200, () => 190),
      S3: units(20, 4, () => 3),
      S1: units(20, 10, () => 10),
    })
    const reasons = (['A1', 'S3', 'S1', 'S5'] as const).map((measure) => proposals.get(measure)?.reason)
    expect(reasons).toEqual(['too_few_units', 'too_few_observations', 'no_difference', 'too_few_units'])
    for (const { proposed } of proposals.values()) expect(proposed).toBeUndefined()
  })

  it('do not count units without an observation', () => {
    const counts = [...units(7, 200, () => 190), ...units(20, 0, () => 0)]
    expect(propose({ A1: counts }).get('A1')).toMatchObject({ reason: 'too_few_units', units: 7, observations: 1_400 })
  })
})
