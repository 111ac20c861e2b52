import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Counts, CountsOf } from './counts.ts'
import { judgeDiscipline } from './judge-discipline.ts'
import type { Band, JudgedScore } from './judge-score.ts'
import { judgeService } from './judge-service.ts'
import type { MeasureId } from './measure-id.ts'
import { cityRules } from './test-city-rules.ts'

// "A success never lowers a score" (domain.md 5.5) of the interval and the band too, with days of one person alike. The value's own
// property stands with each score.

const rules = cityRules()
/** What the numbers of an interval are exact to: twice its error. */
const EXACT = 0.06

type Table = Readonly<Partial<Record<MeasureId, Counts>>>
const countsOf =
  (table: Table): CountsOf =>
  (measure) =>
    table[measure] ?? { numerator: 0, denominator: 0 }
const service = (table: Table) => judgeService(countsOf(table), rules)
const discipline = (table: Table) => judgeDiscipline(countsOf(table), rules)

const pair = (most: number) =>
  fc.tuple(fc.nat(most), fc.nat(most)).map(([x, y]): Counts => ({ numerator: x, denominator: x + y }))
const quarter = fc.record({ S1: pair(60), S2: pair(60), S3: pair(15), S4: pair(200), S5: pair(20), S6: pair(20) })

/** Days of some people in four weeks, and of each measure how many were good. */
const fourWeeks = fc
  .record({
    days: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 15 }),
    good: fc.tuple(share(), share(), share()),
    C1: pair(6),
  })
  .map(({ days, good, C1 }) => {
    const denominator = days.reduce((sum, own) => sum + own, 0)
    const squaredDays = days.reduce((sum, own) => sum + own * own, 0)
    const [A1, A2, A3] = good.map((part) => ({ numerator: Math.floor(part * denominator), denominator, squaredDays }))
    return { days, table: { A1, A2, A3, C1 } as Table }
  })

function share() {
  return fc.double({ min: 0, max: 1, noNaN: true })
}

const turned = (table: Table, measure: MeasureId): Table => {
  const counts = table[measure] ?? { numerator: 0, denominator: 0 }
  return { ...table, [measure]: { ...counts, numerator: Math.min(counts.denominator, counts.numerator + 1) } }
}
const added = (table: Table, measure: MeasureId): Table => {
  const { numerator, denominator } = table[measure] ?? { numerator: 0, denominator: 0 }
  return { ...table, [measure]: { numerator: numerator + 1, denominator: denominator + 1 } }
}

const oneMore = ({ days, table }: { readonly days: readonly number[]; readonly table: Table }, who: number): Table => {
  const own = days[who % days.length] ?? 0
  const grown = (counts: Counts | undefined): Counts => ({
    numerator: (counts?.numerator ?? 0) + 1,
    denominator: (counts?.denominator ?? 0) + 1,
    squaredDays: (counts?.squaredDays ?? 0) + 2 * own + 1,
  })
  return { ...table, A1: grown(table.A1), A2: grown(table.A2), A3: grown(table.A3) }
}

/** Which bands a band may become when nothing got worse; being hidden says nothing of better or worse. */
const noWorse: Readonly<Record<Band, readonly Band[]>> = {
  kept: ['kept', 'not_enough_data'],
  needs_attention: ['needs_attention', 'inconclusive', 'kept', 'not_enough_data'],
  needs_support: ['needs_support', 'inconclusive', 'needs_attention', 'kept', 'not_enough_data'],
  inconclusive: ['inconclusive', 'needs_attention', 'kept', 'not_enough_data'],
  not_enough_data: ['not_enough_data', 'inconclusive', 'needs_attention', 'needs_support', 'kept'],
}
const nearACut = ({ lower80, upper80 }: JudgedScore) =>
  [lower80, upper80].some((end) => [60, 80].some((cut) => Math.abs(end - cut) < EXACT))

function expectNoWorse(before: JudgedScore, after: JudgedScore) {
  expect(after.lower80).toBeGreaterThan(before.lower80 - EXACT)
  expect(after.upper80).toBeGreaterThan(before.upper80 - EXACT)
  if (!nearACut(before) && !nearACut(after)) expect(noWorse[before.band]).toContain(after.band)
}

describe('neither end of an interval nor a band is lowered', () => {
  it('by a failure that turns into a success, in the service score', () => {
    fc.assert(
      fc.property(quarter, fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5', 'S6'), (table, measure) => {
        expectNoWorse(service(table), service(turned(table, measure as MeasureId)))
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  it('by one more success, in the service score', () => {
    fc.assert(
      fc.property(quarter, fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5', 'S6'), (table, measure) => {
        expectNoWorse(service(table), service(added(table, measure as MeasureId)))
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  it('by a failure that turns into a success, in the discipline score, however alike the days of one person are', () => {
    fc.assert(
      fc.property(fourWeeks, fc.constantFrom('A1', 'A2', 'A3', 'C1'), ({ table }, measure) => {
        expectNoWorse(discipline(table), discipline(turned(table, measure as MeasureId)))
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  // A day of somebody with many days makes the unit's days more alike, and so less sure; that it was a good one outweighs it.
  it('by one more good day of anybody', () => {
    fc.assert(
      fc.property(fourWeeks, fc.nat(14), (unit, who) => {
        const [before, after] = [discipline(unit.table), discipline(oneMore(unit, who))]
        expectNoWorse(before, after)
        for (const term of ['verified_attendance', 'on_time', 'full_day'] as const) {
          expect(after.terms[term]).toBeGreaterThanOrEqual(before.terms[term] - 1e-4)
        }
      }),
      { numRuns: 300 },
    )
  }, 120_000)
})
