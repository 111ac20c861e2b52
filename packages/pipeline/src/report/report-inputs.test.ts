import { readFileSync } from 'node:fs'
import { scoringPolicySchema } from '@bina/scoring/scoring-policy'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { at, calendar, cityProfile, zone } from '../fold/test-city.ts'
import type { MeasureFigures, OpenCase, ReportedUnit, ReportFigures, ScoreFigures } from '../ports/report-figures.ts'
import { reportInputs } from './report-inputs.ts'

const policy = scoringPolicySchema.parse(
  parse(readFileSync(new URL('../../../../policy/scoring.yaml', import.meta.url), 'utf8')),
)
// Monday, 13 July 2026: the week before is reported.
const week = '2026-07-06'
const nowMs = at('2026-07-13 06:00')

const unit = (unitId: string, given: Partial<ReportedUnit> = {}): ReportedUnit => ({
  unitId,
  name: `Kelurahan ${unitId}`,
  unitType: 'kelurahan',
  headRole: 'Lurah',
  locale: 'id',
  reportEmails: [`${unitId}@palembang.example`],
  ...given,
})
const score = (unitId: string, name: string, given: Partial<ScoreFigures> = {}): ScoreFigures => ({
  unitId,
  score: name,
  value: 66,
  lower80: 58,
  upper80: 75,
  confidence: 'medium',
  band: 'inconclusive',
  terms: name === 'service' ? { response: 71, no_stale_backlog: 80 } : { on_time: 66 },
  status: 'provisional',
  policyVersion: 'v7',
  ...given,
})
const measure = (
  unitId: string,
  name: string,
  window: string,
  numerator: number,
  denominator: number,
): MeasureFigures => ({
  unitId,
  measure: name,
  window,
  numerator,
  denominator,
  estimate: 0.7,
  lower80: 0.6,
  upper80: 0.8,
})

interface City {
  readonly units: readonly ReportedUnit[]
  readonly scores?: readonly ScoreFigures[]
  readonly measures?: readonly MeasureFigures[]
  readonly cases?: readonly OpenCase[]
}

async function inputsOf({ units, scores = [], measures = [], cases = [] }: City, nowAtMs = nowMs) {
  const asked: string[] = []
  const figures: ReportFigures = {
    unitsOn: async (date) => {
      asked.push(`units on ${date}`)
      return units
    },
    scoresOf: async (of) => scores.filter(() => of === week),
    measuresOf: async (of) => measures.filter(() => of === week),
    openCases: async () => cases,
  }
  const reports = await reportInputs(
    { zone, cityProfile, dueMinute: 360, contact: 'pembinaan@palembang.example' },
    { figures, calendar, policy, policyVersion: 'v1' },
    { week, nowMs: nowAtMs, dataCompleteUntilMs: nowAtMs - 1 },
  )
  return { asked, reports, inputs: reports.map(({ input }) => input) }
}

describe("what a unit's report is written from", () => {
  it('is of this unit alone', async () => {
    const { reports } = await inputsOf({
      units: [unit('A'), unit('B')],
      scores: [score('A', 'service', { value: 81 }), score('B', 'service', { value: 42 })],
      measures: [measure('A', 'S2', 'R13', 9, 12), measure('B', 'S2', 'R13', 3, 11)],
      cases: [
        { unitId: 'A', complaintId: 'case-of-a', dueAtMs: nowMs + 1 },
        { unitId: 'B', complaintId: 'case-of-b', dueAtMs: nowMs + 1 },
        { unitId: 'C', complaintId: 'case-of-c', dueAtMs: nowMs + 1 },
      ],
    })
    expect(reports.map(({ unit: { unitId }, input }) => [unitId, input.unit.id, input.service?.value])).toEqual([
      ['A', 'A', 81],
      ['B', 'B', 42],
    ])
    expect(reports.map(({ input }) => input.casesDue.map(({ complaintId }) => complaintId))).toEqual([
      ['case-of-a'],
      ['case-of-b'],
    ])
    expect(reports.map(({ input }) => input.measures.map(({ numerator }) => numerator))).toEqual([[9], [3]])
  })

  it('names the dates: data until, the next report, and five working days to object', async () => {
    const { asked, inputs } = await inputsOf({ units: [unit('A', { locale: 'en', unitType: 'upt' })] })
    expect(asked).toEqual(['units on 2026-07-13'])
    expect(inputs[0]).toMatchObject({
      unit: { name: 'Kelurahan A', type: 'upt', headRole: 'Lurah', locale: 'en', zone },
      week,
      dataCompleteUntilMs: nowMs - 1,
      nextRunMs: at('2026-07-20 06:00'),
      objectionUntil: '2026-07-20',
      contact: 'pembinaan@palembang.example',
    })
  })

  it('has no score, no case and the policy of today for a unit of which nothing is known', async () => {
    const { inputs } = await inputsOf({ units: [unit('A')] })
    expect(inputs[0]).toMatchObject({
      status: 'provisional',
      service: null,
      discipline: null,
      measures: [],
      casesDue: [],
      casesOverdue: [],
      spotChecks: { confirmed: 0, notConfirmed: 0 },
      policyVersion: 'v1',
    })
  })

  it('says that a week is final when its scores are, and by which policy they were made', async () => {
    const scores = [score('A', 'discipline', { status: 'final' }), score('A', 'service', { status: 'final' })]
    const { inputs } = await inputsOf({ units: [unit('A')], scores })
    expect(inputs[0]).toMatchObject({ status: 'final', policyVersion: 'v7' })
  })

  it('gives each term its weight, and says from how many weeks the service score was worked out', async () => {
    const few = await inputsOf({
      units: [unit('A')],
      scores: [score('A', 'service')],
      measures: [measure('A', 'S2', 'R13', 5, 9)],
    })
    const many = await inputsOf({
      units: [unit('A')],
      scores: [score('A', 'service'), score('A', 'discipline')],
      measures: [measure('A', 'S2', 'R13', 5, 10)],
    })
    expect(few.inputs[0]?.service?.window).toBe('R26')
    expect(many.inputs[0]?.service).toMatchObject({
      window: 'R13',
      terms: [
        { term: 'response', points: 71, weight: 0.2 },
        { term: 'no_stale_backlog', points: 80, weight: 0.1 },
      ],
    })
    expect(many.inputs[0]?.discipline).toMatchObject({ window: 'R4', terms: [{ term: 'on_time', weight: 0.3 }] })
  })

  it('counts the spot checks of four weeks, confirmed or not', async () => {
    const measures = [measure('A', 'C1', 'W1', 1, 1), measure('A', 'C1', 'R4', 7, 8)]
    const { inputs } = await inputsOf({ units: [unit('A')], measures })
    expect(inputs[0]?.spotChecks).toEqual({ confirmed: 7, notConfirmed: 1 })
  })

  it('parts its open complaints into those past due and those due by the close of the fifth working day, soonest first', async () => {
    const due = (complaintId: string, wallTime: string) => ({ unitId: 'A', complaintId, dueAtMs: at(wallTime) })
    const cases = [
      due('on-friday', '2026-07-17 16:30'),
      due('after-friday', '2026-07-20 16:00'),
      due('just-now', '2026-07-13 06:00'),
      due('b-before', '2026-07-10 16:30'),
      due('a-before', '2026-07-10 16:30'),
      due('long-ago', '2026-07-01 16:00'),
    ]
    const { inputs } = await inputsOf({ units: [unit('A')], cases })
    expect(inputs[0]?.casesDue.map(({ complaintId }) => complaintId)).toEqual(['just-now', 'on-friday'])
    expect(inputs[0]?.casesOverdue.map(({ complaintId }) => complaintId)).toEqual(['long-ago', 'a-before', 'b-before'])
  })
})
