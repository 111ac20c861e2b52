import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CountsOf } from '../counts.ts'
import { judgeDiscipline } from '../judge-discipline.ts'
import { judgeService } from '../judge-service.ts'
import { type CountTable, countsFrom, startingRules } from '../test-rules.ts'
import { explainScore } from './explain-score.ts'

const quarter: CountTable = { S1: [11, 14], S2: [9, 13], S3: [4, 5], S4: [47, 50], S5: [7.2, 9], S6: [6.3, 9] }
const month: CountTable = { A1: [221, 228], C1: [7, 8], A2: [190, 228], A3: [205, 228] }
const service = (table: CountTable) => explainScore('service', countsFrom(table), startingRules)

describe('explaining a score', () => {
  it('prints what each term adds, and the terms add up to the score', () => {
    const { terms, judged, weighted, mostOpen } = service(quarter)
    expect(judged.value).toBe(weighted)
    expect(terms.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(66.34, 2)
    expect(terms.map(({ term, points }) => [term, points])).toEqual(Object.entries(judged.terms))
    expect(terms[1]).toMatchObject({
      term: 'verified_resolution',
      weight: 0.35,
      measures: [
        { measure: 'S2', window: 'R13', numerator: 9, denominator: 13, prior: { mean: 0.7, strength: 20 } },
        { measure: 'S3', numerator: 4, denominator: 5 },
      ],
    })
    expect(mostOpen).toBe('verified_resolution')
  })

  it('agrees with the judges whatever was counted', () => {
    const counts = fc
      .integer({ min: 0, max: 300 })
      .chain((all) => fc.tuple(fc.integer({ min: 0, max: all }), fc.constant(all)))
    const table = fc.record({
      A1: counts,
      A2: counts,
      A3: counts,
      C1: counts,
      S1: counts,
      S2: counts,
      S3: counts,
      S4: counts,
    })
    fc.assert(
      fc.property(table, (known) => {
        const countsOf = countsFrom(known)
        for (const [name, judge] of [
          ['discipline', judgeDiscipline],
          ['service', judgeService],
        ] as const) {
          const { judged, terms, weighted } = explainScore(name, countsOf, startingRules)
          expect(judged).toEqual(judge(countsOf, startingRules))
          expect(Object.fromEntries(terms.map(({ term, points }) => [term, points]))).toEqual(judged.terms)
          if (judged.value !== null) expect(weighted).toBe(judged.value)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('says which threshold hides a score, and how much there was', () => {
    const { judged, hidden, weighted } = service({})
    expect(judged).toMatchObject({ value: null, band: 'not_enough_data' })
    expect(weighted).toBeCloseTo(67.5, 1)
    expect(hidden).toEqual([{ kind: 'too_few', measure: 'S2', window: 'R26', counted: 0, needed: 5 }])
    const wide = explainScore('discipline', countsFrom({ A1: [41, 41], C1: [1, 8] }), {
      ...startingRules,
      confidence: { highUpTo: 5, mediumUpTo: 6, lowUpTo: 7 },
    })
    expect(wide.hidden).toMatchObject([{ kind: 'too_wide', atMost: 7 }])
  })

  it('says that the window was widened, and why', () => {
    const countsOf: CountsOf = (measure, window) =>
      countsFrom(window === 'R26' ? { S2: [12, 14] } : { S2: [6, 8] })(measure, window)
    const { window, widened } = explainScore('service', countsOf, startingRules)
    expect([window, widened]).toEqual(['R26', { from: 'R13', counted: 8, under: 10 }])
    expect(service(quarter).widened).toBeUndefined()
  })

  it('tells what likeness of days takes from the certainty, of attendance alone', () => {
    const rules = { ...startingRules, personCorrelation: { A1: 0.05, A2: 0.1, A3: 0.1 } }
    const countsOf: CountsOf = (measure, window) => ({
      ...countsFrom(month)(measure, window),
      ...(measure.startsWith('A') ? { squaredDays: 12 * 19 ** 2 } : {}),
    })
    const { terms } = explainScore('discipline', countsOf, rules)
    const byMeasure = Object.fromEntries(terms.flatMap(({ measures }) => measures).map((one) => [one.measure, one]))
    expect(byMeasure.A1?.clustering).toEqual({ rho: 0.05, daysPerPerson: 19, designEffect: 1.9 })
    expect(byMeasure.A2?.clustering).toEqual({ rho: 0.1, daysPerPerson: 19, designEffect: 2.8 })
    expect(byMeasure.C1?.clustering).toBeUndefined()
  })
})

describe('what would have brought the next band', () => {
  const kept = (table: CountTable) => judgeService(countsFrom(table), startingRules).band === 'kept'

  it('is the fewest cases that do: one less would not have', () => {
    const table: CountTable = { S1: [60, 60], S2: [45, 72], S3: [30, 30], S4: [60, 60], S5: [27, 30], S6: [27, 30] }
    expect(kept(table)).toBe(false)
    const lift = service(table).lifts.find(({ move, measures }) => move === 'repaired' && measures[0] === 'S2')
    expect(lift).toMatchObject({ of: 27, band: 'kept' })
    const cases = lift?.cases ?? 0
    expect(cases).toBeGreaterThan(0)
    expect(kept({ ...table, S2: [45 + cases, 72] })).toBe(true)
    expect(kept({ ...table, S2: [45 + cases - 1, 72] })).toBe(false)
  })

  it('may be further cases that go well, each answered and settled in time', () => {
    const table: CountTable = { ...quarter, S3: [5, 5] }
    const added = service(table).lifts.find(({ move }) => move === 'added')
    expect(added).toMatchObject({ measures: ['S1', 'S2', 'S4'], band: 'kept' })
    const more = added?.cases ?? 0
    expect(kept({ ...table, S1: [11 + more, 14 + more], S2: [9 + more, 13 + more], S4: [47 + more, 50 + more] })).toBe(
      true,
    )
  })

  it('is nothing for the best band, nor where too little is known to judge', () => {
    expect(service({}).lifts).toEqual([])
    expect(
      service({ S1: [80, 80], S2: [80, 80], S3: [40, 40], S4: [80, 80], S5: [60, 60], S6: [60, 60] }),
    ).toMatchObject({
      judged: { band: 'kept' },
      lifts: [],
    })
  })
})
