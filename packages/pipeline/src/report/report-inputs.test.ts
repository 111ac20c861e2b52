import { addDays } from '@bina/domain/plain-date'
import { parseCaseUrls } from '@bina/reporting/case-urls'
import { MEASURES_OF } from '@bina/reporting/choose-focus'
import type { ReportInput } from '@bina/reporting/report-input'
import { describe, expect, it } from 'vitest'
import { at, zone } from '../fold/test-city.ts'
import { reportInputs, UNITS_AT_ONCE } from './report-inputs.ts'
import {
  all,
  chartWeek,
  config,
  type FigureCity,
  figuresOf,
  item,
  mailed,
  measure,
  nowMs,
  openCase,
  score,
  unit,
  week,
} from './test-figures.ts'

const weeksBack = (count: number) => addDays(week, -7 * count)

async function inputsOf(city: FigureCity, caseUrls?: string) {
  const { asked, deps } = figuresOf(city)
  const found = await reportInputs(
    { ...config, ...(caseUrls === undefined ? {} : { caseUrls: parseCaseUrls(caseUrls) }) },
    deps,
    { week, nowMs, dataCompleteUntilMs: nowMs - 1 },
  )
  const reports = await all(found.reports)
  expect(found.units).toBe(reports.length)
  return { asked, reports, inputs: reports.map(({ input }) => input) }
}
const inputOf = async (city: Omit<FigureCity, 'units'>, caseUrls?: string) => {
  const { inputs } = await inputsOf({ units: [unit('A')], ...city }, caseUrls)
  return inputs[0] ?? expect.unreachable()
}

describe("what a unit's report is written from", () => {
  it('is of this unit alone', async () => {
    const { reports } = await inputsOf({
      units: [unit('A'), unit('B')],
      scores: [score('A', 'service', { value: 81 }), score('B', 'service', { value: 42 })],
      measures: [measure('A', 'S2', 'R13', 9, 12), measure('B', 'S2', 'R13', 3, 11)],
      cases: [
        openCase('A', 'case-of-a', nowMs + 1),
        openCase('B', 'case-of-b', nowMs + 1),
        openCase('C', 'case-of-c', nowMs + 1),
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
    expect(asked[0]).toBe('directory on 2026-07-13')
    expect(inputs[0]).toMatchObject({
      unit: { name: 'Kelurahan A', type: 'upt', headRole: 'Lurah', locale: 'en', zone },
      week,
      dataCompleteUntilMs: nowMs - 1,
      nextRunMs: at('2026-07-20 06:00'),
      objectionUntil: '2026-07-20',
      stepDueOn: '2026-07-17',
      contact: 'pembinaan@palembang.example',
    })
  })

  it('has no score, no case and the policy of today for a unit of which nothing is known', async () => {
    expect(await inputOf({})).toMatchObject({
      status: 'provisional',
      service: null,
      discipline: null,
      measures: [],
      casesDue: [],
      casesOverdue: [],
      trends: [],
      signals: [],
      actions: [],
      findings: [],
      changes: [],
      restatements: [],
      objections: [],
      coachingEffect: null,
      spotChecks: { confirmed: 0, notConfirmed: 0 },
      notes: [],
      policyVersion: 'v1',
    })
  })

  it('says that a week is final when its scores are, and by which policy they were made', async () => {
    const scores = [score('A', 'discipline', { status: 'final' }), score('A', 'service', { status: 'final' })]
    const before = scores.map((row) => ({ ...row, week: weeksBack(1), policyVersion: 'v6' }))
    expect(await inputOf({ scores: [...before, ...scores] })).toMatchObject({ status: 'final', policyVersion: 'v7' })
    const running = scores.map((row) => ({ ...row, status: 'provisional' }))
    expect(await inputOf({ scores: [...before, ...running] })).toMatchObject({ status: 'provisional' })
  })

  it('gives each term its weight, and says from how many weeks the service score was worked out', async () => {
    const few = await inputOf({ scores: [score('A', 'service')], measures: [measure('A', 'S2', 'R13', 5, 9)] })
    const many = await inputOf({
      scores: [score('A', 'service'), score('A', 'discipline')],
      measures: [measure('A', 'S2', 'R13', 5, 10)],
    })
    expect(few.service?.window).toBe('R26')
    expect(many.service).toMatchObject({
      window: 'R13',
      terms: [
        { term: 'response', points: 71, weight: 0.2 },
        { term: 'no_stale_backlog', points: 80, weight: 0.1 },
      ],
    })
    expect(many.discipline).toMatchObject({ window: 'R4', terms: [{ term: 'on_time', weight: 0.3 }] })
  })

  it('counts the spot checks of four weeks, confirmed or not', async () => {
    const measures = [measure('A', 'C1', 'W1', 1, 1), measure('A', 'C1', 'R4', 7, 8)]
    expect((await inputOf({ measures })).spotChecks).toEqual({ confirmed: 7, notConfirmed: 1 })
  })

  it('parts its open complaints into those past due and those due by the close of the fifth working day, soonest first', async () => {
    const due = (complaintId: string, wallTime: string) => openCase('A', complaintId, at(wallTime))
    const { casesDue, casesOverdue } = await inputOf({
      cases: [
        due('on-friday', '2026-07-17 16:30'),
        due('after-friday', '2026-07-20 16:00'),
        due('just-now', '2026-07-13 06:00'),
        due('b-before', '2026-07-10 16:30'),
        due('a-before', '2026-07-10 16:30'),
        due('long-ago', '2026-07-01 16:00'),
      ],
    })
    expect(casesDue.map(({ complaintId }) => complaintId)).toEqual(['just-now', 'on-friday'])
    expect(casesOverdue.map(({ complaintId }) => complaintId)).toEqual(['long-ago', 'a-before', 'b-before'])
  })

  it('links a case into the complaint system that it came by, where the city said how', async () => {
    const cases = [openCase('A', 'L/1', nowMs + 1, 'sp4n_lapor'), openCase('A', 'walked-in', nowMs - 1)]
    const { casesDue, casesOverdue } = await inputOf({ cases }, 'sp4n_lapor=https://lapor.example/{id}')
    expect(casesDue).toEqual([{ complaintId: 'L/1', dueAtMs: nowMs + 1, url: 'https://lapor.example/L%2F1' }])
    expect(casesOverdue).toEqual([{ complaintId: 'walked-in', dueAtMs: nowMs - 1 }])
  })

  it('counts verified complaints of conduct by category, also where there are none', async () => {
    const conduct = [
      { unitId: 'A', category: 'rude', inWeek: 1, inR13: 3 },
      { unitId: 'A', category: 'illegal_fee', inWeek: 1, inR13: 1 },
    ]
    expect((await inputOf({ conduct })).conduct).toEqual([
      { category: 'rude', inWeek: 1, inR13: 3 },
      { category: 'convoluted', inWeek: 0, inR13: 0 },
      { category: 'obstructive', inWeek: 0, inR13: 0 },
      { category: 'facility', inWeek: 0, inR13: 0 },
    ])
  })

  it('tells of an effect of coaching that was concluded on, of service before discipline', async () => {
    const effect = {
      kind: 'unit' as const,
      subject: 'A',
      conclusion: 'higher',
      lower80: 2,
      upper80: 9,
      coachedUnits: 1,
    }
    const effects = [
      { ...effect, measure: 'A2', effect: 4, comparedUnits: 12 },
      { ...effect, measure: 'S6', effect: 5.5, comparedUnits: 12 },
    ]
    expect((await inputOf({ effects })).coachingEffect).toEqual({
      ...{ measure: 'S6', conclusion: 'higher', effect: 5.5, lower80: 2, upper80: 9, comparedUnits: 12 },
    })
  })

  it('notes days on which nobody was heard of, and hours that the rules do not know', async () => {
    const day = { day: '2026-07-08', persons: 6 }
    const notes = [{ unitId: 'A', suspectedOutageDays: [day], outageDays: 2, hasUnknownProfile: true }]
    expect((await inputOf({ notes })).notes).toEqual([
      { kind: 'suspected_outage_days', count: 1 },
      { kind: 'unknown_schedule_profile' },
    ])
  })
})

describe('how a figure went', () => {
  it('is told of the service score from its first week on, with a gap where none was shown', async () => {
    const at = (back: number, value: number | null) => score('A', 'service', { week: weeksBack(back), value })
    const { trends } = await inputOf({ scores: [at(26, 1), at(3, 60), at(2, null), at(0, 64)] })
    expect(trends).toEqual([
      {
        of: 'service',
        points: [
          { week: weeksBack(3), value: 60, lower80: 58, upper80: 75 },
          { week: weeksBack(2), value: null, lower80: null, upper80: null },
          { week: weeksBack(1), value: null, lower80: null, upper80: null },
          { week, value: 64, lower80: 58, upper80: 75 },
        ],
        limits: null,
      },
    ])
  })

  const weeks = (name: string, window: string, count: number, denominator: number) => ({
    ...{ unitId: 'A', measure: name, window },
    weeks: Array.from({ length: count }, (_, index) => weeksBack(count - 1 - index)),
    numerators: Array.from({ length: count }, () => 0.9 * denominator),
    denominators: Array.from({ length: count }, () => denominator),
    estimates: Array.from({ length: count }, () => 0.7),
    lower80s: Array.from({ length: count }, () => 0.6),
    upper80s: Array.from({ length: count }, () => 0.8),
  })
  const chart = (count: number, kind: string) =>
    Array.from({ length: count }, (_, back) => chartWeek('A', 'S2', weeksBack(back), { chart: kind }))

  it('goes by single weeks with the limits of their chart where a week has ten cases or more', async () => {
    const { trends } = await inputOf({
      measureWeeks: [weeks('S2', 'W1', 14, 10), weeks('S2', 'R13', 14, 100)],
      chartWeeks: chart(14, 'p_prime'),
    })
    expect(trends.map(({ of, window, limits, points }) => [of, window, limits, points.length])).toEqual([
      ['S2', 'W1', { centre: 0.8, lower: 0.6, upper: 1 }, 14],
    ])
    expect(trends[0]?.points[0]).toEqual({
      ...{ week: weeksBack(13), value: 0.9, lower80: null, upper80: null },
      ...{ numerator: 9, denominator: 10 },
    })
  })

  it.each([
    ['its weeks are small', 9, 'p_prime', 14],
    ['its chart counts cases between two failures', 10, 'g', 14],
    ['its chart has few points yet', 10, 'p_prime', 11],
  ])('goes by thirteen weeks without limits where %s', async (_, denominator, kind, points) => {
    const { trends } = await inputOf({
      measureWeeks: [weeks('S2', 'W1', 14, denominator), weeks('S2', 'R13', 14, 100)],
      chartWeeks: chart(points, kind),
    })
    expect(trends).toMatchObject([{ of: 'S2', window: 'R13', limits: null }])
    expect(trends[0]?.points[0]).toEqual({
      ...{ week: weeksBack(13), value: 0.7, lower80: 0.6, upper80: 0.8 },
      ...{ numerator: 90, denominator: 100 },
    })
  })

  it('is there for every measure that a focus may be led by', async () => {
    const asked = [
      ...['S1', 'S2', 'S5', 'S6'].map((name) => weeks(name, 'R13', 3, 20)),
      weeks('S4', 'R52', 3, 20),
      ...['A1', 'A2', 'A3'].map((name) => weeks(name, 'R4', 3, 20)),
    ]
    const leading = Object.values(MEASURES_OF).map(([measure]) => measure)
    expect((await inputOf({ measureWeeks: asked })).trends.map(({ of }) => of).sort()).toEqual(leading.sort())
  })

  it('is not told where thirteen weeks hold fewer than ten cases', async () => {
    expect((await inputOf({ measureWeeks: [weeks('S2', 'R13', 14, 9)] })).trends).toEqual([])
  })
})

describe('a flag of a chart', () => {
  const flag = (name: string, back: number, rule: string, direction = 'concern') =>
    chartWeek('A', name, weeksBack(back), { rule, direction })

  it('is told at once beyond the limits, else once it has stood two weeks', async () => {
    const { signals } = await inputOf({
      chartWeeks: [
        flag('S2', 0, 'beyond'),
        flag('S11', 0, 'shift'),
        ...[flag('A1', 0, 'trend', 'improvement'), flag('A1', 1, 'trend', 'improvement'), flag('A1', 3, 'trend')],
      ],
    })
    expect(signals).toEqual([
      { measure: 'S2', rule: 'beyond', direction: 'concern', weeks: 1 },
      { measure: 'A1', rule: 'trend', direction: 'improvement', weeks: 2 },
    ])
  })

  it('that turned round has not stood', async () => {
    const chartWeeks = [flag('S2', 0, 'shift'), flag('S2', 1, 'shift', 'improvement')]
    expect((await inputOf({ chartWeeks })).signals).toEqual([])
  })

  it('of the week before is past, and those of other charts are not mailed', async () => {
    const others = ['A2', 'A3', 'A4', 'B1', 'S5', 'S6', 'S8', 'S10', 'S12'].map((name) => flag(name, 0, 'beyond'))
    expect((await inputOf({ chartWeeks: [flag('S2', 1, 'beyond'), ...others] })).signals).toEqual([])
  })
})

describe('what was agreed, found and objected', () => {
  it('is an action until it is done, and in the week in which it is', async () => {
    const coaching = [
      item('A', 'action', 'open', { openedAtMs: at('2026-06-01 09:00') }),
      item('A', 'action', 'done', { closedAtMs: at('2026-07-06 00:00') }),
      item('A', 'action', 'before', { closedAtMs: at('2026-07-05 23:59') }),
    ]
    expect((await inputOf({ coaching })).actions).toEqual([
      {
        ...{ actionId: 'done', actionCode: 'greet_first', agreedOn: '2026-07-01', dueOn: '2026-07-15' },
        doneOn: '2026-07-06',
      },
      {
        ...{ actionId: 'open', actionCode: 'greet_first', agreedOn: '2026-06-01', dueOn: '2026-07-15' },
        doneOn: null,
      },
    ])
  })

  it('is a finding with its dates, the earliest due first', async () => {
    const coaching = [
      item('A', 'finding', 'later'),
      item('A', 'finding', 'sooner', { dueOn: '2026-07-10', closedAtMs: at('2026-07-09 10:00') }),
      item('A', 'finding', 'before', { closedAtMs: at('2026-07-01 10:00') }),
    ]
    expect((await inputOf({ coaching })).findings).toEqual([
      {
        ...{ findingId: 'sooner', raisedFrom: 'mayor_visit', category: 'rude', raisedOn: '2026-07-01' },
        ...{ dueOn: '2026-07-10', closedOn: '2026-07-09' },
      },
      {
        ...{ findingId: 'later', raisedFrom: 'mayor_visit', category: 'rude', raisedOn: '2026-07-01' },
        ...{ dueOn: '2026-07-15', closedOn: null },
      },
    ])
  })

  const decided = (itemId: string, wallTime: string) =>
    item('A', 'objection', itemId, { code: 'S2', closedAtMs: at(wallTime), outcome: 'upheld' })

  it('is an objection until the mail after its decision', async () => {
    const coaching = [
      item('A', 'objection', 'open'),
      decided('since', '2026-07-06 06:00'),
      decided('told', '2026-07-06 05:59'),
    ]
    expect((await inputOf({ coaching })).objections).toEqual([
      {
        ...{ objectionId: 'open', week: '2026-06-29', measure: null, raisedOn: '2026-07-01' },
        ...{ outcome: null, decidedOn: null },
      },
      {
        ...{ objectionId: 'since', week: '2026-06-29', measure: 'S2', raisedOn: '2026-07-01' },
        ...{ outcome: 'upheld', decidedOn: '2026-07-06' },
      },
    ])
  })

  it('is told again where the mail that should have told it never left', async () => {
    const snapshots = [
      {
        unitId: 'A',
        week: weeksBack(3),
        sentAtMs: at('2026-06-22 06:01'),
        service: 1,
        discipline: 1,
        due: 0,
        overdue: 0,
        told: ['objection|told'],
      },
    ]
    const coaching = [decided('since', '2026-06-22 06:02'), decided('told', '2026-06-22 06:00')]
    const { objections } = await inputOf({ coaching, snapshots })
    expect(objections.map(({ objectionId }) => objectionId)).toEqual(['since'])
  })
})

describe('what was heard of after the last mail', () => {
  const friday = at('2026-07-03 00:00')
  const closed = (kind: 'action' | 'finding' | 'objection', itemId: string) =>
    item('A', kind, itemId, { closedAtMs: friday, ...(kind === 'objection' ? { outcome: 'dismissed' } : {}) })
  const coaching = [closed('action', 'a'), closed('finding', 'f'), closed('objection', 'o')]
  const idsOf = ({ actions, findings, objections }: ReportInput) => [
    ...actions.map(({ actionId, doneOn }) => [actionId, doneOn]),
    ...findings.map(({ findingId, closedOn }) => [findingId, closedOn]),
    ...objections.map(({ objectionId, decidedOn }) => [objectionId, decidedOn]),
  ]
  const all = [
    ['a', '2026-07-03'],
    ['f', '2026-07-03'],
    ['o', '2026-07-03'],
  ]
  const mailOf = async (rows: typeof coaching) =>
    mailed({ ...(await inputOf({ coaching: rows })), week: weeksBack(1) }, at('2026-07-06 06:00'))

  it('though it was of a day before it, is told by the next', async () => {
    const snapshots = [await mailOf(coaching.map((row) => ({ ...row, closedAtMs: null, outcome: '' })))]
    expect(idsOf(await inputOf({ coaching, snapshots }))).toEqual(all)
  })

  it('is told once', async () => {
    const first = await inputOf({ coaching, snapshots: [await mailOf([])] })
    const told = mailed({ ...first, week: weeksBack(1) }, at('2026-07-06 06:00'))
    expect(idsOf(await inputOf({ coaching, snapshots: [told] }))).toEqual([])
  })

  it('is no news any more when it is of a month before it', async () => {
    const old = coaching.map((row) => ({ ...row, closedAtMs: at('2026-06-07 23:59') }))
    expect(idsOf(await inputOf({ coaching: old, snapshots: [await mailOf([])] }))).toEqual([])
  })
})

describe('the coaching that the superior may record', () => {
  const planned = (itemId: string, dueOn: string, given = {}) =>
    item('A', 'session', itemId, { dueOn, code: 'counter', coachUnitId: 'K', ...given })

  it("is the superior's earliest that was planned in the reported week or in the one after it, and was not held", async () => {
    const coaching = [
      planned('next-month', '2026-08-03'),
      planned('this-week', '2026-07-14'),
      planned('of-the-week', '2026-07-08'),
      planned('of-the-agency', '2026-07-07', { coachUnitId: 'opd' }),
      planned('never-held', '2026-07-05'),
      planned('held', '2026-07-07', { closedAtMs: at('2026-07-07 09:00') }),
    ]
    const sessionOf = async (rows: typeof coaching) =>
      (await inputsOf({ units: [unit('A', { parentUnitId: 'K' }), unit('K', { unitType: 'opd' })], coaching: rows }))
        .inputs[0]?.session
    expect(await sessionOf(coaching)).toEqual({ coachingId: 'of-the-week', topicCode: 'counter' })
    expect(await sessionOf(coaching.slice(3))).toBeUndefined()
  })
})

describe('what has changed since the last mail', () => {
  it('is nothing for the first', async () => {
    expect((await inputOf({ scores: [score('A', 'service')] })).changes).toEqual([])
  })

  it('is told against what the mail said, and not what is known of that week now', async () => {
    const cases = [
      openCase('A', 'soon', nowMs + 1),
      openCase('A', 'late', nowMs - 1),
      openCase('A', 'later', nowMs - 2),
    ]
    const said = mailed(await inputOf({ scores: [score('A', 'service', { value: 61.5 })], cases }), nowMs)
    expect(said).toEqual({
      ...{ unitId: 'A', week, sentAtMs: nowMs, service: 61.5, discipline: null, due: 1, overdue: 2 },
      told: [],
    })
    const snapshots = [{ ...said, week: weeksBack(1), sentAtMs: at('2026-07-06 06:01') }]
    const { changes } = await inputOf({
      snapshots,
      scores: [score('A', 'service', { week: weeksBack(1), value: 50 }), score('A', 'service', { value: null })],
    })
    expect(changes).toEqual([
      { of: 'service', before: 61.5, now: null },
      { of: 'due', before: 1, now: 0 },
      { of: 'overdue', before: 2, now: 0 },
    ])
  })

  const moved = (name: string, before: number, now: number, wallTime: string, cause = 'late event') => ({
    ...{ unitId: 'A', week: '2026-05-04', score: name, before, now, cause, atMs: at(wallTime) },
  })

  it('in a final week is nothing to somebody who was told no figure before', async () => {
    const restated = [moved('discipline', 0, 85, '2026-07-07 05:00')]
    expect((await inputOf({ restated })).restatements).toEqual([])
  })

  it('in a week that was final is one restatement a score, from what was said to what stands', async () => {
    const last = mailed(await inputOf({}), at('2026-07-06 06:00'))
    const { restatements } = await inputOf({
      snapshots: [{ ...last, week: weeksBack(1) }],
      restated: [
        moved('service', 70, 65, '2026-07-06 05:00'),
        moved('service', 65, 60, '2026-07-07 05:00'),
        moved('service', 60, 62, '2026-07-08 05:00', 'correction'),
        moved('discipline', 80, 77, '2026-07-07 05:00'),
        moved('discipline', 77, 80, '2026-07-08 05:00'),
      ],
    })
    expect(restatements).toEqual([{ week: '2026-05-04', score: 'service', before: 65, now: 62, cause: 'correction' }])
  })
})

describe('a move of a final week that a mail may have missed', () => {
  const move = (before: number, now: number, wallTime: string) => ({
    ...{ unitId: 'A', week: '2026-05-04', score: 'service', before, now, cause: 'late event', atMs: at(wallTime) },
  })
  const firstSentAtMs = at('2026-06-22 06:00')
  /** What stands in the next mail, after one of 06:00 that was made from these moves. */
  const toldAfter = async (inMail: ReturnType<typeof move>[], restated: ReturnType<typeof move>[]) => {
    const before = { ...mailed(await inputOf({}), 0), week: weeksBack(2), sentAtMs: firstSentAtMs }
    const first = { ...(await inputOf({ snapshots: [before], restated: inMail })), week: weeksBack(1) }
    const mail = { ...mailed(first, at('2026-07-06 06:00')), firstSentAtMs }
    return (await inputOf({ snapshots: [mail], restated })).restatements.map(({ before: was, now }) => [was, now])
  }

  it('is told by the next, where it was listed only after the mail was made from what stood', async () => {
    // Found at five, and written down when the mail of six was under way.
    expect(await toldAfter([], [move(70, 65, '2026-07-06 05:00')])).toEqual([[70, 65]])
  })

  it('is told once', async () => {
    const moved = [move(70, 65, '2026-07-05 05:00'), move(65, 60, '2026-07-06 05:00')]
    expect(await toldAfter(moved, moved)).toEqual([])
  })

  it('is told from the value on that the mail gave', async () => {
    const moved = [move(70, 65, '2026-07-05 05:00')]
    expect(await toldAfter(moved, [...moved, move(65, 60, '2026-07-06 05:00')])).toEqual([[65, 60]])
    expect(await toldAfter(moved, [...moved, move(65, 70, '2026-07-06 07:00')])).toEqual([[65, 70]])
  })

  it('is told to nobody who had no mail when it moved', async () => {
    expect(await toldAfter([], [move(70, 65, '2026-06-22 05:59')])).toEqual([])
  })
})

describe('whom a unit answers to', () => {
  it('is the unit above it, and so on up to the top', async () => {
    const { reports } = await inputsOf({
      units: [
        unit('16.71', {
          name: 'Palembang',
          unitType: 'city',
          headRole: 'Wali Kota',
          reportEmails: ['sekda@p.example'],
        }),
        unit('A', { parentUnitId: 'K' }),
        unit('B', { parentUnitId: 'gone' }),
        unit('K', {
          name: 'Ilir Barat I',
          unitType: 'kecamatan',
          headRole: 'Camat',
          reportEmails: [],
          parentUnitId: '16.71',
        }),
      ],
    })
    const top = {
      unitId: '16.71',
      name: 'Palembang',
      headRole: 'Wali Kota',
      locale: 'id',
      reportEmails: ['sekda@p.example'],
    }
    expect(reports.map(({ unit: { unitId, superior } }) => [unitId, superior])).toEqual([
      ['A', { unitId: 'K', name: 'Ilir Barat I', headRole: 'Camat', locale: 'id', reportEmails: [], superior: top }],
      ['B', undefined],
      ['K', top],
    ])
  })

  it('ends where a directory goes round in a circle', async () => {
    const { reports } = await inputsOf({ units: [unit('A', { parentUnitId: 'B' }), unit('B', { parentUnitId: 'A' })] })
    expect(reports.map(({ unit: { superior } }) => [superior?.unitId, superior?.superior])).toEqual([
      ['B', undefined],
      ['A', undefined],
    ])
  })
})

describe('the figures of a nation', () => {
  it('are asked for once for a thousand units, and only as they are wanted', async () => {
    const units = Array.from({ length: 2 * UNITS_AT_ONCE + 1 }, (_, at) => unit(`U${String(at).padStart(5, '0')}`))
    const { asked, deps } = figuresOf({ units })
    const found = await reportInputs(config, deps, { week, nowMs, dataCompleteUntilMs: nowMs })
    expect(found.units).toBe(2001)
    expect(asked).toEqual(['directory on 2026-07-13'])
    const reports = found.reports[Symbol.asyncIterator]()
    for (let taken = 0; taken < UNITS_AT_ONCE; taken++) await reports.next()
    expect(asked.filter((question) => question.startsWith('scores'))).toEqual(['scores of 1000'])
    while (!(await reports.next()).done);
    expect(asked.filter((question) => question.startsWith('scores'))).toEqual([
      'scores of 1000',
      'scores of 1000',
      'scores of 1',
    ])
    expect(new Set(asked.map((question) => question.replace(/ (of|on) .*/, ''))).size * 3).toBe(asked.length + 2)
  })
})
