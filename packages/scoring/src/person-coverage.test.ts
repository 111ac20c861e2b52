import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { judgeMeasure } from './judge-measure.ts'
import { type ScoringRules, scoringPolicySchema, scoringRulesOn } from './scoring-policy.ts'

// A simulation with a fixed seed; its figures stand in docs/measures.md.

const policy = scoringPolicySchema.parse(
  parse(readFileSync(new URL('../../../policy/scoring.yaml', import.meta.url), 'utf8')),
)
const rules = scoringRulesOn(policy, '2026-06-08')
const versionOne: ScoringRules = { ...rules, personCorrelation: { A1: 0, A2: 0, A3: 0 } }
const units = 10_000

function createDraws(seed: number) {
  let state = seed
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  // After Marsaglia and Tsang (2000).
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
    }
  }
  const beta = (mean: number, weight: number) => {
    const a = gamma(mean * weight)
    return a / (a + gamma((1 - mean) * weight))
  }
  return { uniform, beta }
}

/**
 * Four weeks of a unit: its own share from the prior, each person's around it, so that two days of one person correlate by rho. Persons
 * are there on 14 to 20 of the 20 days, by chance.
 */
function drawUnit({ uniform, beta }: ReturnType<typeof createDraws>, persons: number) {
  const { mean, strength } = rules.priors.A2
  const rho = rules.personCorrelation.A2
  const truth = beta(mean, strength)
  let [numerator, denominator, squaredDays] = [0, 0, 0]
  for (let person = 0; person < persons; person++) {
    const share = beta(truth, (1 - rho) / rho)
    const days = 14 + Math.floor(uniform() * 7)
    for (let day = 0; day < days; day++) numerator += Number(uniform() < share)
    denominator += days
    squaredDays += days * days
  }
  return { truth, counts: { measure: 'A2' as const, numerator, denominator, squaredDays } }
}

function coverage(persons: number, judgedBy: ScoringRules): number {
  const draws = createDraws(20_260_608 + persons)
  let held = 0
  for (let unit = 0; unit < units; unit++) {
    const { truth, counts } = drawUnit(draws, persons)
    const { lower80, upper80 } = judgeMeasure(counts, judgedBy)
    held += Number(truth >= lower80 && truth <= upper80)
  }
  return held / units
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

describe('the 80 % interval of A2 over 10,000 units whose people differ', () => {
  it.for([12, 5])(
    'holds the truth in 80 % of units of %i, within 2 points; without persons in far fewer',
    {
      timeout: 240_000,
    },
    async (persons, { annotate }: { annotate: (message: string) => Promise<unknown> }) => {
      const [plain, aware] = [coverage(persons, versionOne), coverage(persons, rules)]
      await annotate(
        `${persons} people: ${percent(plain)} in version 1, ${percent(aware)} with rho ${rules.personCorrelation.A2}`,
      )
      expect(Math.abs(aware - 0.8)).toBeLessThan(0.02)
      expect(plain).toBeLessThan(0.7)
    },
  )
})
