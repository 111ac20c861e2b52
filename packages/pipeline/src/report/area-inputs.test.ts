import { describe, expect, it } from 'vitest'
import { at } from '../fold/test-city.ts'
import type { UnsettledCase } from '../ports/report-figures.ts'
import { areaInputs } from './area-inputs.ts'
import { cityInputs } from './city-inputs.ts'
import { integrityInputs } from './integrity-inputs.ts'
import { UNITS_AT_ONCE } from './report-inputs.ts'
import {
  all,
  chartWeek,
  config,
  type FigureCity,
  figuresOf,
  item,
  measure,
  nowMs,
  openCase,
  score,
  unit,
  week,
} from './test-figures.ts'

const asked = { week, nowMs, dataCompleteUntilMs: nowMs - 1 }
const city = unit('16.71', { name: 'Palembang', unitType: 'city', headRole: 'Wali Kota' })
const kecamatan = (unitId: string, name: string) =>
  unit(unitId, { name, unitType: 'kecamatan', headRole: 'Camat', parentUnitId: '16.71' })
const opd = (unitId: string) =>
  unit(unitId, { name: unitId, unitType: 'opd', headRole: 'Kepala', parentUnitId: '16.71' })
const units = [
  city,
  kecamatan('K1', 'Ilir Barat I'),
  kecamatan('K2', 'Plaju'),
  unit('A', { name: '13 Ilir', parentUnitId: 'K1' }),
  unit('B', { name: '5 Ilir', parentUnitId: 'K1' }),
  unit('C', { name: 'Plaju Darat', parentUnitId: 'K2' }),
  opd('dinkes'),
  unit('pkm', { name: 'Puskesmas Sako', unitType: 'upt', parentUnitId: 'dinkes' }),
  opd('inspektorat'),
]
const unsettled = (complaintId: string, unitIds: readonly string[], given: Partial<UnsettledCase> = {}) => ({
  ...{ complaintId, channel: 'walk_in', unitIds, aboutUnitId: '' },
  ...{ receivedAtMs: at('2026-06-29 09:00'), dueAtMs: at('2026-07-17 16:30') },
  ...given,
})

async function areasOf(given: Omit<FigureCity, 'units'>) {
  const { deps } = figuresOf({ units, ...given })
  const { units: count, reports } = await areaInputs(config, deps, asked)
  const found = await all(reports)
  expect(count).toBe(found.length)
  return new Map(found.map(({ unit: { unitId }, input }) => [unitId, input]))
}
const citiesOf = async (given: Omit<FigureCity, 'units'>) =>
  (await all((await cityInputs(config, figuresOf({ units, ...given }).deps, asked)).reports)).map(({ input }) => input)

describe("the report of an area's head", () => {
  it('goes to each kecamatan and agency that has units below it', async () => {
    const areas = await areasOf({})
    expect([...areas.keys()]).toEqual(['K1', 'K2', 'dinkes'])
    expect(areas.get('K1')).toMatchObject({
      ...{ kind: 'area', week, status: 'provisional', policyVersion: 'v1', objectionUntil: '2026-07-20' },
      area: { id: 'K1', name: 'Ilir Barat I', type: 'kecamatan', headRole: 'Camat', locale: 'id' },
    })
    expect(areas.get('dinkes')?.area.type).toBe('opd')
  })

  it('names its units as people look them up, and says who wants help with what, and no unit of another', async () => {
    const areas = await areasOf({
      scores: [score('A', 'service', { band: 'needs_support', value: 41 }), score('C', 'service', { value: 99 })],
      cases: [openCase('A', 'late', nowMs - 1), openCase('A', 'soon', nowMs + 1), openCase('C', 'other', nowMs - 1)],
      coaching: [
        item('B', 'action', 'overdue', { dueOn: '2026-07-12' }),
        item('B', 'finding', 'due-today', { dueOn: '2026-07-13' }),
        item('C', 'action', 'of-c'),
      ],
      chartWeeks: [chartWeek('B', 'S2', week, { rule: 'beyond', direction: 'concern' })],
      measures: [measure('A', 'C1', 'R4', 7, 8), measure('B', 'C1', 'R4', 3, 3), measure('C', 'C1', 'R4', 0, 5)],
      snapshots: ['A', 'C'].map((unitId) => ({
        ...{ unitId, week: '2026-06-29', sentAtMs: at('2026-07-06 06:00'), told: [] },
        ...{ service: 70, discipline: null, due: 0, overdue: 0 },
      })),
      restated: [
        ...['A', 'C'].map((unitId) => ({
          ...{ unitId, week: '2026-05-04', score: 'service', before: 70, now: 65, cause: 'late event' },
          atMs: at('2026-07-08 05:00'),
        })),
      ],
    })
    const input = areas.get('K1')
    expect(input?.units.map(({ name, casesDue, casesOverdue, help }) => [name, casesDue, casesOverdue, help])).toEqual([
      [
        ...['5 Ilir', 0, 0],
        [
          { kind: 'action_overdue', count: 1 },
          { kind: 'signal_concern', count: 1 },
        ],
      ],
      [
        ...['13 Ilir', 1, 1],
        [
          { kind: 'needs_support', count: 1 },
          { kind: 'cases_overdue', count: 1 },
        ],
      ],
    ])
    expect(input?.units[1]?.service?.value).toBe(41)
    expect(input?.actions.map(({ unitName, actionId }) => [unitName, actionId])).toEqual([['5 Ilir', 'overdue']])
    expect(input?.findings.map(({ unitName, findingId }) => [unitName, findingId])).toEqual([['5 Ilir', 'due-today']])
    expect(input?.spotChecks).toEqual({ confirmed: 10, notConfirmed: 1 })
    expect(input?.restatements.map(({ unitName }) => unitName)).toEqual(['13 Ilir'])
  })

  it('adds up its own pooled figures and no others', async () => {
    const pooled = (unitId: string, numerator: number) => ({
      ...measure(unitId, 'S2', 'R13', numerator, 40),
      scope: 'area' as const,
    })
    const areas = await areasOf({
      measures: [pooled('K1', 30), pooled('K2', 20), measure('K1', 'S2', 'R13', 1, 1)],
      measureWeeks: [
        {
          ...{ unitId: 'K1', measure: 'S2', window: 'R13', weeks: [week], scope: 'area' as const },
          ...{ numerators: [30], denominators: [40], estimates: [0.75], lower80s: [0.7], upper80s: [0.8] },
        },
      ],
    })
    expect(areas.get('K1')?.measures).toMatchObject([{ measure: 'S2', numerator: 30, denominator: 40 }])
    expect(areas.get('K1')?.trends).toMatchObject([
      {
        of: 'S2',
        window: 'R13',
        points: [{ week, value: 0.75, lower80: 0.7, upper80: 0.8, denominator: 40 }],
        limits: null,
      },
    ])
    expect(areas.get('K2')).toMatchObject({ measures: [{ numerator: 20 }], trends: [] })
  })
})

describe('a case that does not get on', () => {
  const ids = (stuck: readonly { readonly complaintId: string }[] | undefined) =>
    stuck?.map(({ complaintId }) => complaintId)

  it('stands with the lowest unit above all that have had it, which alone can unblock it', async () => {
    const given = {
      unsettled: [
        unsettled('in-k1', ['A', 'B', 'A']),
        unsettled('with-head', ['A', 'K1']),
        unsettled('across', ['A', 'C']),
        unsettled('with-agency', ['pkm', 'B']),
        unsettled('unknown', ['A', 'gone']),
      ],
    }
    const areas = await areasOf(given)
    expect([...areas].map(([unitId, { stuck }]) => [unitId, ids(stuck)])).toEqual([
      ['K1', ['in-k1', 'with-head']],
      ['K2', []],
      ['dinkes', []],
    ])
    expect(areas.get('K1')?.stuck[0]).toEqual({
      ...{ complaintId: 'in-k1', units: ['13 Ilir', '5 Ilir', '13 Ilir'] },
      ...{ receivedOn: '2026-06-29', dueOn: '2026-07-17' },
    })
    const [whole] = await citiesOf(given)
    expect(ids(whole?.stuck)).toEqual(['across', 'with-agency'])
  })

  it('since nobody was given it in three working days, stands with the city and above the unit named', async () => {
    const given = {
      unsettled: [
        unsettled('about-a', [], { aboutUnitId: 'A' }),
        unsettled('about-nobody', []),
        unsettled('new', [], { aboutUnitId: 'A', receivedAtMs: at('2026-07-08 09:00') }),
      ],
    }
    expect(ids((await areasOf(given)).get('K1')?.stuck)).toEqual(['about-a'])
    expect(ids((await citiesOf(given))[0]?.stuck)).toEqual(['about-a', 'about-nobody'])
  })
})

describe("the city's report", () => {
  it('counts its units and names none of them', async () => {
    const [input, ...others] = await citiesOf({
      scores: [
        ...['A', 'B'].map((unitId) => score(unitId, 'service', { band: 'kept' })),
        score('C', 'service', { band: 'needs_support' }),
        score('C', 'discipline', { band: 'kept' }),
      ],
      coaching: [
        item('A', 'finding', 'overdue', { dueOn: '2026-07-10' }),
        item('B', 'finding', 'closed', { closedAtMs: at('2026-07-12 23:00') }),
        item('C', 'finding', 'closed-after', { closedAtMs: at('2026-07-13 01:00') }),
        item('pkm', 'finding', 'open'),
      ],
      notes: ['A', 'C'].map((unitId) => ({
        ...{
          unitId,
          suspectedOutageDays: [{ day: '2026-07-08', persons: 6 }],
          outageDays: 2,
          hasUnknownProfile: false,
        },
      })),
      measures: [{ ...measure('16.71', 'S1', 'R13', 800, 1000), scope: 'area' }],
      effects: [
        {
          kind: 'action',
          subject: 'greet_first',
          measure: 'S6',
          conclusion: 'higher',
          effect: 3,
          lower80: 1,
          upper80: 5,
        },
        { kind: 'unit', subject: 'A', measure: 'S6', conclusion: 'higher', effect: 3, lower80: 1, upper80: 5 },
      ].map((row) => ({ ...row, kind: row.kind as 'unit' | 'action', coachedUnits: 9, comparedUnits: 9 })),
      integrity: { silentSources: ['urn:hr'] },
    })
    expect(others).toEqual([])
    expect(input).toMatchObject({
      area: { id: '16.71', type: 'city', headRole: 'Wali Kota' },
      bands: { kept: 2, needs_attention: 0, needs_support: 1, inconclusive: 0, not_enough_data: 3 },
      // A finding that is overdue, and a score.
      unitsWantingHelp: 2,
      findings: { open: 2, overdue: 1, closedInWeek: 1 },
      blocked: { outageUnitDays: 4, silentSources: ['urn:hr'] },
      measures: [{ measure: 'S1', numerator: 800 }],
      effects: [{ subject: 'greet_first', coachedUnits: 9 }],
    })
    const names = units.filter(({ unitType }) => unitType !== 'city').map(({ name }) => name)
    expect(names.filter((name) => JSON.stringify(input).includes(name))).toEqual([])
  })
})

describe('the report on integrity', () => {
  const readers = (ids: readonly string[], given: Omit<FigureCity, 'units'> = {}) =>
    integrityInputs({ ...config, integrityUnits: ids }, figuresOf({ units, ...given }).deps, asked).then(
      async ({ reports }) => (await all(reports)).map(({ input }) => input),
    )

  it('goes to agencies and cities that were named for it, and to no other unit', async () => {
    const found = await readers(['inspektorat', '16.71', 'A', 'K1', 'unknown'])
    expect(found.map(({ area }) => [area.id, area.type])).toEqual([
      ['16.71', 'city'],
      ['inspektorat', 'opd'],
    ])
    expect(await readers([])).toEqual([])
  })

  it('holds what tells whether records can be trusted, by the names of units, and no score', async () => {
    const severe = { complaintId: 'L-1', category: 'illegal_fee', receivedAtMs: at('2026-07-08 09:00'), isOpen: true }
    const draw = { drawId: 'd-1', week, slots: 60, commitment: 'c', seed: 's' }
    const flags = [0, 7].map((back) =>
      chartWeek('A', 'B1', back === 0 ? week : '2026-06-29', { rule: 'shift', direction: 'none' }),
    )
    const [input] = await readers(['inspektorat'], {
      scores: [score('A', 'service', { value: 12.345 })],
      measures: [measure('A', 'C1', 'R4', 7, 8), measure('B', 'C1', 'R4', 1, 3), measure('C', 'C1', 'R4', 2, 2)],
      notes: [
        {
          unitId: 'A',
          suspectedOutageDays: [{ day: '2026-07-08', persons: 6 }],
          outageDays: 1,
          hasUnknownProfile: false,
        },
      ],
      chartWeeks: flags,
      integrity: {
        listedSignals: [
          { unitId: 'A', measure: 'B1', rule: 'shift' },
          { unitId: 'A', measure: 'B4', rule: 'beyond' },
          { unitId: 'A', measure: 'S2', rule: 'beyond' },
        ],
        severeCases: [severe],
        draws: [draw],
        dataQuality: [{ kind: 'unknown_unit', count: 3 }],
        deadLetters: [{ reason: 'not_json', count: 2 }],
      },
    })
    expect(input).toMatchObject({
      signals: [
        { unitName: '13 Ilir', measure: 'B1', rule: 'shift', weeks: 2 },
        { unitName: '13 Ilir', measure: 'B4', rule: 'beyond', weeks: 1 },
      ],
      mismatches: [
        { unitName: '5 Ilir', notConfirmed: 2, checks: 3 },
        { unitName: '13 Ilir', notConfirmed: 1, checks: 8 },
      ],
      suspectedOutages: [{ unitName: '13 Ilir', day: '2026-07-08', persons: 6 }],
      severeCases: [{ complaintId: 'L-1', category: 'illegal_fee', receivedOn: '2026-07-08', isOpen: true }],
      draws: [draw],
      dataQuality: [{ kind: 'unknown_unit', count: 3 }],
      deadLetters: [{ reason: 'not_json', count: 2 }],
    })
    expect(JSON.stringify(input)).not.toContain('12.345')
  })
})

it('areas of a nation are asked about some at a time, and one of many units is in memory in parts', async () => {
  const many = Array.from({ length: UNITS_AT_ONCE + 1 }, (_, at) => unit(`U${at}`, { parentUnitId: 'K1' }))
  const { asked: questions, deps } = figuresOf({ units: [...units, ...many] })
  const areas = await all((await areaInputs(config, deps, asked)).reports)
  expect(areas.map(({ input }) => input.units.length)).toEqual([UNITS_AT_ONCE + 3, 1, 1])
  expect(questions.filter((question) => question.startsWith('scores'))).toEqual([
    'scores of 1000',
    'scores of 3',
    'scores of 2',
  ])
})
