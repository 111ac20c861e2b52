import type { Counts, CountsOf } from '@bina/scoring/counts'
import { explainScore } from '@bina/scoring/explain/explain-score'
import { startingRules } from '@bina/scoring/test-rules'
import { describe, expect, it } from 'vitest'
import { agreementOf } from './explain-unit-week.ts'
import type { Explanation, ScoreExplanation } from './explanation.ts'
import { nearUnits } from './near-units.ts'
import { tellExplanation } from './tell-explanation.ts'

const week = '2026-06-08'
const starting = {
  unitType: undefined,
  validFrom: '0001-01-01',
  validTo: undefined,
  basis: 'A proposal',
  status: 'unconfirmed',
} as const
const idle = { sink: 0, backfill: 0, fold: 0, judge: 0 }

type Table = Readonly<Record<string, readonly [number, number]>>
const from =
  (table: Table): CountsOf =>
  (measure): Counts => {
    const [numerator, denominator] = table[measure] ?? [0, 0]
    return { numerator, denominator }
  }

const service = (table: Table, more: Partial<ScoreExplanation> = {}): ScoreExplanation => {
  const explained = explainScore('service', from(table), startingRules)
  const { judged } = explained
  const stored = { ...judged, status: 'provisional', policyVersion: 'v2', asOf: '2026-06-15 03:00:00.123456' } as const
  return { ...explained, stored, agreement: 'same', restated: [], priors: { S1: starting, S2: starting }, ...more }
}

const told = (score: ScoreExplanation, more: Partial<Explanation> = {}, all = false) =>
  tellExplanation(
    {
      unitId: '16.71.05.1003',
      name: 'Bukit Lama',
      unitType: 'kelurahan',
      latestType: 'kelurahan',
      week,
      policyVersion: 'v2',
      status: 'provisional',
      finalAtMs: Date.parse('2026-06-29T00:00:00+07:00'),
      behind: idle,
      scores: [score],
      attendance: { from: '2026-05-18', to: '2026-06-14', persons: 0, days: [], suspectedOutages: [], events: [] },
      complaints: [],
      findings: [],
      ...more,
    },
    { zone: 'Asia/Jakarta', all },
  ).join('\n')

const quarter: Table = { S1: [11, 14], S2: [9, 13], S3: [4, 5], S4: [47, 50], S5: [7.2, 9], S6: [6.3, 9] }

describe('an explanation in words', () => {
  it('names the unit, the week, the rules and when the figures become final', () => {
    expect(told(service(quarter))).toContain(
      '16.71.05.1003 (Bukit Lama), kelurahan: 2026-W24, 2026-06-08 to 2026-06-14\nJudged by version v2 of the policy. Provisional: final from 2026-06-29 00:00 on.',
    )
  })

  it('prints each term with its points, weight and what it adds, and each measure with its counts and its prior', () => {
    const text = told(service(quarter))
    expect(text).toMatch(/verified_resolution\s+0\.581\s+0\.25\s+0\.85\s+55\.1\s+0\.35\s+19\.3\s+15\.7/)
    expect(text).toMatch(/S2\s+R13\s+9\s+13\s+0\.7 \(20\)\s+0\.697/)
    expect(text).toContain('Known before S1, S2: starting values, unconfirmed: A proposal')
    expect(text).toContain('The most points are still to be had from verified_resolution: 15.7 of its 35.')
    expect(text).toContain('says the same, to the last digit')
  })

  it('says how many cases in time would have lifted the band', () => {
    const text = told(service({ S1: [60, 60], S2: [45, 72], S3: [30, 30], S4: [60, 60], S5: [27, 30], S6: [27, 30] }))
    expect(text).toMatch(
      /If \d+ of the 27 complaints not settled in time for good had been, the band would be 'kept'\./,
    )
    expect(text).toMatch(
      /With \d+ further complaints answered and settled in time, and all else as it is, the band would be 'kept'\./,
    )
  })

  it('says of a hidden score what is missing, and how much of it', () => {
    const text = told(service({ S2: [2, 3] }))
    expect(text).toContain('Service: not shown')
    expect(text).toContain('not enough data: 2 more complaints that fall due are wanted: 3 of 5 in R26.')
    expect(text).toContain('widened from R13, in which 3 cases fell due and 10 are wanted')
  })

  it('says so when the stored row is being updated, or follows other rules', () => {
    const underWay = told(service(quarter, { agreement: 'under_way' }), { behind: { ...idle, sink: 3, judge: 4 } })
    expect(underWay).toContain('is being updated: it says 66.3')
    expect(underWay).toContain('7 messages are still to be worked through')
    expect(told(service(quarter, { agreement: 'other_policy' }), { policyVersion: 'v3' })).toContain(
      'was judged by version v2 of the policy, this folder holds v3',
    )
  })

  it('tells each move of a final score with its cause', () => {
    const at = '2026-07-06 05:00:01.000000'
    const restated = [{ score: 'service', oldValue: 61.26, newValue: null, cause: 'late event', at }] as const
    expect(told(service(quarter, { restated }))).toContain('Restated    2026-07-06, from 61.3 to not shown: late event')
  })

  it('lists the first complaints, and with --all every one and its events', () => {
    const complaints = Array.from({ length: 12 }, (_, at) => ({
      complaintId: `LAPOR-${at + 1}`,
      counted: [{ measure: 'S2', numerator: 1, denominator: 1 } as const],
      events: [{ source: 'urn:lapor', id: `e-${at + 1}`, type: 'bina.complaint.received.v1' }],
    }))
    const few = told(service(quarter), { complaints })
    expect(few).toContain('LAPOR-10')
    expect(few).not.toContain('LAPOR-11')
    expect(few).toContain('and 2 more: --all lists them')
    expect(told(service(quarter), { complaints }, true)).toContain(
      'LAPOR-12  urn:lapor e-12  bina.complaint.received.v1',
    )
  })

  it('says kindly of an opd that it has no scores', () => {
    expect(told(service(quarter), { unitType: undefined, latestType: 'opd' })).toContain(
      'those are for kelurahan, kecamatan and upt, and it is of the type opd.',
    )
  })

  it('never ranks and never names a person', () => {
    expect(told(service(quarter))).not.toMatch(/rank|best unit|worst|person_key|personKey/i)
  })
})

describe('whether the stored row agrees', () => {
  const { judged, stored } = service(quarter)
  const state = { behind: idle, span: { firstWeek: '2026-01-05' }, week, version: 'v2' }
  it.each([
    ['same', stored, state],
    ['no_facts', undefined, { ...state, span: { firstWeek: '2026-06-15' } }],
    ['under_way', stored && { ...stored, value: 1 }, { ...state, behind: { ...idle, fold: 2 } }],
    ['other_policy', stored && { ...stored, value: 1, policyVersion: 'v1' }, state],
    ['differs', stored && { ...stored, terms: {} }, state],
    ['differs', undefined, state],
  ] as const)('%s', (agreement, row, seen) => {
    expect(agreementOf(judged, row, seen)).toBe(agreement)
  })
})

describe('units that somebody may have meant', () => {
  const units = [
    { unitId: '16.71.05.1003', name: 'Bukit Lama' },
    { unitId: '16.71.05.1004', name: 'Bukit Baru' },
    { unitId: 'upt:pasar-cinde', name: 'UPT Pasar Cinde' },
  ]
  const ids = (text: string) => nearUnits(text, units).map(({ unitId }) => unitId)
  it('are near by id, by name or by a part of it', () => {
    expect(ids('16.71.05.1008')).toEqual(['16.71.05.1003', '16.71.05.1004'])
    expect(ids('bukit lamo')).toEqual(['16.71.05.1003'])
    expect(ids('cinde')).toEqual(['upt:pasar-cinde'])
    expect(ids('harbour')).toEqual([])
  })
})
