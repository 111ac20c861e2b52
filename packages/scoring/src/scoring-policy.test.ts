import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { quarterOf } from './quarter.ts'
import { scoringPolicySchema, scoringRulesOn } from './scoring-policy.ts'
import { startingRules } from './test-rules.ts'

const file = parse(readFileSync(new URL('../../../policy/scoring.yaml', import.meta.url), 'utf8'))
const entry = (validFrom: string, validTo: string | undefined, value: object) => ({
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
  basis: 'a test',
  status: 'unconfirmed',
  value,
})
const fitted = { A2: { mean: 0.9, strength: 25 } }
const withFitted = (entries: readonly object[]) =>
  scoringPolicySchema.safeParse({ ...file, fittedPriors: { kelurahan: entries } })

describe('the scoring rules of a week', () => {
  it('are the starting ones, and until the end of 2025 those of version 1, in which days of one person are independent', () => {
    const policy = scoringPolicySchema.parse(file)
    expect(scoringRulesOn(policy, '2025-12-29')).toEqual(startingRules)
    const { personCorrelation, ...rest } = scoringRulesOn(policy, '2026-01-05')
    expect({ ...rest, personCorrelation: startingRules.personCorrelation }).toEqual(startingRules)
    for (const rho of Object.values(personCorrelation)) expect(rho).toBeGreaterThan(0)
  })

  it('take the priors fitted to the unit type in their quarter, and the starting ones for all else', () => {
    const policy = scoringPolicySchema.parse({
      ...file,
      fittedPriors: { kelurahan: [entry('2026-07-01', '2026-09-30', fitted)] },
    })
    const of = (week: string, type?: string) => scoringRulesOn(policy, week, type).priors
    expect(of('2026-07-06', 'kelurahan')).toEqual({ ...startingRules.priors, ...fitted })
    for (const [week, type] of [
      ['2026-06-29', 'kelurahan'],
      ['2026-10-05', 'kelurahan'],
      ['2026-07-06', 'upt'],
      ['2026-07-06', 'opd'],
      ['2026-07-06', undefined],
    ] as const)
      expect(of(week, type)).toEqual(startingRules.priors)
  })

  it('do not let priors change within a quarter', () => {
    expect(withFitted([entry('2026-07-01', '2026-12-31', fitted)]).success).toBe(true)
    const problems = withFitted([entry('2026-07-06', '2026-08-31', fitted), entry('2026-10-01', undefined, fitted)])
    expect(problems.error?.issues.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`)).toEqual([
      '0.validFrom: no quarter begins on 2026-07-06',
      '0.validTo: priors are frozen per quarter: expected the last day of one, such as 2026-09-30',
      '1.validTo: priors are frozen per quarter: expected the last day of one, such as 2026-12-31',
    ])
  })
})

describe('a quarter', () => {
  it.each([
    ['2026-01-01', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-06-30', '2026-Q2', '2026-04-01', '2026-06-30'],
    ['2026-07-01', '2026-Q3', '2026-07-01', '2026-09-30'],
    ['2026-12-31', '2026-Q4', '2026-10-01', '2026-12-31'],
  ])('%s lies in %s', (date, name, first, last) => expect(quarterOf(date)).toEqual({ name, first, last }))
})
