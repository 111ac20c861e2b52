import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Counts, CountsOf } from './counts.ts'
import { judgeService } from './judge-service.ts'
import { WINDOW_WEEKS } from './measure-id.ts'
import type { ScoringRules } from './scoring-policy.ts'
import { cityRules } from './test-city-rules.ts'
import { createDraws, type Draws } from './test-draws.ts'
import { drawTruth, type Truth, trueService } from './test-true-score.ts'

// A simulation with a fixed seed: what a kelurahan reads in place of a band, by complaints a week. The table of docs/measures.md is held to it.

const rules = cityRules()
const aYear: ScoringRules = { ...rules, service: { ...rules.service, window: 'R52', widenedWindow: 'R52' } }
const measures = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const
const MONTHS_A_WEEK = 12 / 52

interface City {
  readonly complaintsAWeek: number
  readonly rated: number
  /** Of the closures; three a month at least, as long as there are so many (domain.md 5.3). */
  readonly audited: number
  readonly units: number
  readonly rules: ScoringRules
}
const usual = { rated: 1 / 3, audited: 0.1, units: 1000, rules }

type Week = Readonly<Record<(typeof measures)[number], Counts>>

function drawWeek(draws: Draws, truth: Truth, { complaintsAWeek, rated, audited }: City): Week {
  const due = draws.poisson(complaintsAWeek)
  const wanted = Math.min(due, Math.max(3 * MONTHS_A_WEEK, due * audited))
  const audits = Math.floor(wanted) + draws.binomial(1, wanted % 1)
  const respondents = draws.binomial(due, rated)
  const share = (of: number, measure: keyof Truth): Counts => ({
    numerator: draws.binomial(of, truth[measure] ?? 0),
    denominator: of,
  })
  const mean = (measure: keyof Truth): Counts => {
    let numerator = 0
    for (let one = 0; one < respondents; one++) {
      numerator += (truth[measure] ?? 0) + rules.answerSpread * draws.normal()
    }
    return { numerator, denominator: respondents }
  }
  return {
    ...{ S1: share(due, 'S1'), S2: share(due, 'S2'), S3: share(audits, 'S3'), S4: share(due, 'S4') },
    ...{ S5: mean('S5'), S6: mean('S6') },
  }
}

const sumOfBand = {
  not_enough_data: 'notEnough',
  inconclusive: 'inconclusive',
  kept: 'kept',
  needs_attention: 'attention',
  needs_support: 'support',
} as const

/** Percent of the units, rounded: those that read "not enough data", "inconclusive" and a band, and those whose true score has the band. */
function shares(city: City) {
  const draws = createDraws(20_260_608)
  const sums = { notEnough: 0, inconclusive: 0, kept: 0, attention: 0, support: 0, reallyKept: 0, reallySupport: 0 }
  for (let unit = 0; unit < city.units; unit++) {
    const truth = Object.fromEntries(measures.map((measure) => [measure, drawTruth(draws, measure, rules)])) as Truth
    const weeks = Array.from({ length: 52 }, () => drawWeek(draws, truth, city))
    const countsOf: CountsOf = (measure, window) => {
      const sum = { numerator: 0, denominator: 0 }
      for (const week of weeks.slice(-WINDOW_WEEKS[window])) {
        const counts = week[measure as keyof Week] // a service score asks for no other
        sum.numerator += counts.numerator
        sum.denominator += counts.denominator
      }
      return sum
    }
    sums[sumOfBand[judgeService(countsOf, city.rules).band]] += 1
    const points = trueService(truth, rules)
    sums.reallyKept += Number(points >= rules.bands.keptFrom)
    sums.reallySupport += Number(points < rules.bands.supportUnder)
  }
  const percent = (count: number) => Math.round((100 * count) / city.units)
  const { complaintsAWeek } = city
  return { complaintsAWeek, ...(mapValues(sums, percent) as typeof sums) }
}

const mapValues = (sums: Readonly<Record<string, number>>, change: (sum: number) => number) =>
  Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, change(sum)]))

const page = readFileSync(new URL('../../../docs/measures.md', import.meta.url), 'utf8')
const rowsUnder = (heading: string): readonly string[] =>
  (page.split(`| ${heading} |`)[1]?.split('\n\n')[0] ?? '').split('\n').slice(2)
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`

describe('how many kelurahan get a band, with the rules as they stand', () => {
  it('is as docs/measures.md says, by complaints a week', () => {
    const found = [0.3, 0.7, 1.5, 3].map((complaintsAWeek) => shares({ ...usual, complaintsAWeek }))
    const [{ reallySupport, reallyKept } = { reallySupport: 0, reallyKept: 0 }] = found
    const rows = [
      ...found.map(({ complaintsAWeek, notEnough, inconclusive, support, attention, kept }) =>
        row([complaintsAWeek, ...[notEnough, inconclusive, support, attention, kept].map((n) => `${n} %`)]),
      ),
      row(['truly', '', '', ...[reallySupport, 100 - reallySupport - reallyKept, reallyKept].map((n) => `${n} %`)]),
    ]
    expect(
      rowsUnder('complaints a week | not enough data | inconclusive | needs support | needs attention | kept'),
    ).toEqual(rows)
  }, 240_000)

  it('grows with a longer window, and less with more audits and answers, as docs/measures.md says', () => {
    const banded = (city: Partial<City>, complaintsAWeek: number) => {
      const { kept, attention, support } = shares({ ...usual, units: 500, complaintsAWeek, ...city })
      return `${kept + attention + support} %`
    }
    const rows = [0.7, 3].map((complaintsAWeek) =>
      row([
        complaintsAWeek,
        ...[{}, { audited: 1, rated: 2 / 3 }, { rules: aYear }].map((city) => banded(city, complaintsAWeek)),
      ]),
    )
    expect(
      rowsUnder('complaints a week | as it is | every closure audited, two of three rate | windows of a year'),
    ).toEqual(rows)
  }, 240_000)
})
