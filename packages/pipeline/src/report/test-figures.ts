import { readFileSync } from 'node:fs'
import type { ReportInput, ReportWindow } from '@bina/reporting/report-input'
import { scoringPolicySchema } from '@bina/scoring/scoring-policy'
import { parse } from 'yaml'
import { at, calendar, cityProfile, zone } from '../fold/test-city.ts'
import type { IntegrityFigures } from '../ports/integrity-figures.ts'
import type {
  ChartWeek,
  CoachingRow,
  ConductCount,
  DirectoryUnit,
  EffectRow,
  MeasureFigures,
  MeasureWeeks,
  OpenCase,
  ReportFigures,
  RestatedScore,
  ScoreFigures,
  UnitNotes,
  UnsettledCase,
} from '../ports/report-figures.ts'
import type { LastMail } from '../ports/report-snapshots.ts'
import { toldFigures } from './report-snapshot.ts'

// Tests only: a city's figures in memory, which answer as the database would.

/** Monday, 13 July 2026 is at hand: the week before is reported. */
export const week = '2026-07-06'
export const nowMs = at('2026-07-13 06:00')

export const config = { zone, cityProfile, dueMinute: 360, contact: 'pembinaan@palembang.example' }

export type TestMail = Omit<LastMail, 'firstSentAtMs'> & Partial<Pick<LastMail, 'firstSentAtMs'>>

/** The mail of this report, as the next finds it. */
export const mailed = (input: ReportInput, sentAtMs: number): TestMail => ({
  ...{ unitId: input.unit.id, week: input.week, sentAtMs },
  ...toldFigures(input),
})

export interface FigureCity {
  readonly units: readonly DirectoryUnit[]
  readonly scores?: readonly ScoreFigures[]
  readonly measures?: readonly (MeasureFigures & { readonly scope?: 'area' })[]
  readonly measureWeeks?: readonly (MeasureWeeks & { readonly scope?: 'area' })[]
  readonly chartWeeks?: readonly ChartWeek[]
  readonly cases?: readonly OpenCase[]
  readonly unsettled?: readonly UnsettledCase[]
  readonly conduct?: readonly ConductCount[]
  readonly coaching?: readonly CoachingRow[]
  readonly restated?: readonly RestatedScore[]
  readonly effects?: readonly EffectRow[]
  readonly notes?: readonly UnitNotes[]
  /** The last mails; the first ones too, unless they say otherwise. */
  readonly snapshots?: readonly TestMail[]
  readonly integrity?: Partial<{
    readonly [K in keyof IntegrityFigures]: Awaited<ReturnType<IntegrityFigures[K]>>
  }>
}

/** The dependencies of all inputs, and how often and for how many units each question was asked. */
export function figuresOf(city: FigureCity) {
  const asked: string[] = []
  const ask = <T extends { readonly unitId: string }>(
    name: string,
    rows: readonly T[] | undefined,
    units: readonly string[],
    fits: (row: T) => boolean = () => true,
  ) => {
    asked.push(`${name} of ${units.length}`)
    return Promise.resolve((rows ?? []).filter((row) => units.includes(row.unitId) && fits(row)))
  }
  const within = (name: string, { fromWeek, toWeek }: { fromWeek: string; toWeek: string }) =>
    name >= fromWeek && name <= toWeek
  const figures: ReportFigures = {
    directoryOn: async (date) => {
      asked.push(`directory on ${date}`)
      return city.units
    },
    scoresOf: (units, weeks) => ask('scores', city.scores, units, (row) => within(row.week, weeks)),
    measuresOf: (units, { scope }) => ask('measures', city.measures, units, (row) => (row.scope ?? 'own') === scope),
    measureWeeksOf: (units, { scope, measures, windows }) =>
      ask(
        'measure weeks',
        city.measureWeeks,
        units,
        (row) => (row.scope ?? 'own') === scope && measures.includes(row.measure) && windows.includes(row.window),
      ),
    chartWeeksOf: (units, { measures, ...weeks }) =>
      ask('chart weeks', city.chartWeeks, units, (row) => measures.includes(row.measure) && within(row.week, weeks)),
    openCasesOf: (units) => ask('open cases', city.cases, units),
    conductOf: (units, { categories }) =>
      ask('conduct', city.conduct, units, ({ category }) => categories.includes(category)),
    coachingOf: (units, since) =>
      ask('coaching', city.coaching, units, ({ closedAtMs }) => closedAtMs === null || closedAtMs >= since),
    restatementsOf: (units, { sinceMs, ...weeks }) =>
      ask('restatements', city.restated, units, (row) => row.atMs >= sinceMs && within(row.week, weeks)),
    effectsOf: async (kind, subjects) => {
      asked.push(`effects of ${subjects === 'all' ? kind : subjects.length}`)
      return (city.effects ?? []).filter(
        (row) => row.kind === kind && (subjects === 'all' || subjects.includes(row.subject)),
      )
    },
    notesOf: (units) => ask('notes', city.notes, units),
    unsettledCases: async () => {
      asked.push('unsettled cases')
      return city.unsettled ?? []
    },
  }
  const integrity: IntegrityFigures = {
    listedSignals: async (_, measures) =>
      (city.integrity?.listedSignals ?? []).filter(({ measure: of }) => measures.includes(of)),
    severeCases: async () => city.integrity?.severeCases ?? [],
    draws: async () => city.integrity?.draws ?? [],
    dataQuality: async () => city.integrity?.dataQuality ?? [],
    deadLetters: async () => city.integrity?.deadLetters ?? [],
    silentSources: async () => city.integrity?.silentSources ?? [],
  }
  const snapshots = {
    lastBefore: async (_: string, units: readonly string[]) =>
      (city.snapshots ?? [])
        .filter(({ unitId }) => units.includes(unitId))
        .map((mail) => ({ firstSentAtMs: mail.sentAtMs, ...mail })),
  }
  return { asked, deps: { figures, integrity, snapshots, calendar, policy, policyVersion: 'v1' } }
}

const policy = scoringPolicySchema.parse(
  parse(readFileSync(new URL('../../../../policy/scoring.yaml', import.meta.url), 'utf8')),
)

export const unit = (unitId: string, given: Partial<DirectoryUnit> = {}): DirectoryUnit => ({
  unitId,
  name: `Kelurahan ${unitId}`,
  unitType: 'kelurahan',
  headRole: 'Lurah',
  locale: 'id',
  reportEmails: [`${unitId}@palembang.example`],
  parentUnitId: '',
  ...given,
})

export const score = (unitId: string, name: string, given: Partial<ScoreFigures> = {}): ScoreFigures => ({
  unitId,
  week,
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

export const measure = (
  unitId: string,
  name: string,
  window: ReportWindow,
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

export const chartWeek = (unitId: string, name: string, of: string, given: Partial<ChartWeek> = {}): ChartWeek => ({
  unitId,
  measure: name,
  week: of,
  chart: 'p_prime',
  value: 0.9,
  centre: 0.8,
  lowerLimit: 0.6,
  upperLimit: 1,
  rule: '',
  direction: 'none',
  ...given,
})

export const openCase = (unitId: string, complaintId: string, dueAtMs: number, channel = 'walk_in'): OpenCase => ({
  unitId,
  complaintId,
  channel,
  dueAtMs,
})

export const item = (
  unitId: string,
  kind: CoachingRow['kind'],
  itemId: string,
  given: Partial<CoachingRow> = {},
): CoachingRow => ({
  unitId,
  kind,
  itemId,
  coachUnitId: '',
  code: kind === 'action' ? 'greet_first' : kind === 'finding' ? 'rude' : '',
  raisedFrom: kind === 'finding' ? 'mayor_visit' : '',
  openedAtMs: at('2026-07-01 09:00'),
  dueOn: kind === 'objection' ? '2026-06-29' : '2026-07-15',
  closedAtMs: null,
  outcome: '',
  ...given,
})

export async function all<T>(reports: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const report of reports) found.push(report)
  return found
}
