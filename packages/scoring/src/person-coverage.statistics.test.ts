import { describe, expect, it } from 'vitest'
import { judgeMeasure } from './judge-measure.ts'
import type { ScoringRules } from './scoring-policy.ts'
import { cityRules } from './test-city-rules.ts'
import { createDraws, type Draws } from './test-draws.ts'

// A simulation with a fixed seed; its figures stand in docs/measures.md.

const rules = cityRules()
const versionOne: ScoringRules = { ...rules, personCorrelation: { A1: 0, A2: 0, A3: 0 } }
const units = 10_000

/**
 * Four weeks of a unit: its own share from the prior, each person's around it, so that two days of one person correlate by rho. Persons
 * are there on 14 to 20 of the 20 days, by chance.
 */
function drawUnit({ uniform, beta }: Draws, persons: number) {
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
