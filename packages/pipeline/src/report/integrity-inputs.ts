import { addDays } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import type { IntegrityReportInput } from '@bina/reporting/area-report-input'
import type { ChartedMeasure } from '@bina/scoring/charts/chart-of-measure'
import type { IntegrityFigures } from '../ports/integrity-figures.ts'
import type { DirectoryUnit, ReportedUnit } from '../ports/report-figures.ts'
import { byUnit } from './by-unit.ts'
import { reportRestatements } from './report-coaching.ts'
import { byName, reportedArea, reportFrame } from './report-frame.ts'
import {
  type ReportInputsConfig,
  type ReportInputsDeps,
  type Reports,
  reportedTypes,
  someAtOnce,
} from './report-inputs.ts'
import { type AskedReports, type ReportPeriod, reportPeriod } from './report-period.ts'
import { standingFlag, WEEKS_OF_SIGNALS } from './report-signals.ts'
import { createUnitTree, type UnitTree } from './unit-tree.ts'

export interface IntegrityReport {
  readonly unit: ReportedUnit
  readonly input: IntegrityReportInput
}

export interface IntegrityInputsConfig extends ReportInputsConfig {
  /** Units of type opd or city whose heads look after records, such as the inspectorate. */
  readonly integrityUnits: readonly string[]
}

export interface IntegrityInputsDeps extends ReportInputsDeps {
  readonly integrity: IntegrityFigures
}

type Content = Omit<IntegrityReportInput, 'area'>

/** Charts of what can hide work undone: days excused, waiting, reopening and exclusion (docs/measures.md: why these). */
const integrityCharts: readonly ChartedMeasure[] = ['B1', 'B4', 'S8', 'S10']

/** One input a unit that looks after records, and that the directory knows today: all of them read the same, of all units. */
export async function integrityInputs(
  config: IntegrityInputsConfig,
  deps: IntegrityInputsDeps,
  asked: AskedReports & { readonly unitIds?: readonly string[] },
): Promise<Reports<IntegrityReport>> {
  const period = reportPeriod(config, deps.calendar, asked)
  const tree = createUnitTree(await deps.figures.directoryOn(period.today))
  const readers = tree.units.flatMap((unit) => {
    const { unitId, unitType: type } = unit
    const isAsked = asked.unitIds === undefined || asked.unitIds.includes(unitId)
    if (!config.integrityUnits.includes(unitId) || !isAsked) return []
    return type === 'opd' || type === 'city' ? [{ unit, type } as const] : []
  })
  async function* reports() {
    const content = readers.length === 0 ? undefined : await contentOf(config, deps, period, tree)
    for (const { unit, type } of readers) {
      if (content === undefined) return
      yield { unit: tree.reported(unit), input: { ...content, area: reportedArea(unit, type, config.zone) } }
    }
  }
  return { units: readers.length, reports: { [Symbol.asyncIterator]: reports } }
}

async function contentOf(
  config: ReportInputsConfig,
  deps: IntegrityInputsDeps,
  period: ReportPeriod,
  tree: UnitTree,
): Promise<Content> {
  const { integrity } = deps
  const { week } = period
  const units = tree.units.filter(({ unitType }) => reportedTypes.includes(unitType))
  const found: RecordsFound = { mismatches: [], suspectedOutages: [], restatements: [] }
  for (const some of someAtOnce(units)) await lookAt(deps, period, some, found)
  const severe = await integrity.severeCases(week)
  const byUnitName = <T extends Named>(rows: readonly T[]) =>
    [...rows]
      .sort((a, b) => byName({ name: a.unitName, id: a.unitId }, { name: b.unitName, id: b.unitId }))
      .map(({ unitId: _, ...row }) => row)
  return {
    kind: 'integrity',
    ...reportFrame(period, deps.policyVersion, config.contact),
    signals: byUnitName(await signalsOf(deps, period, tree)),
    mismatches: byUnitName(found.mismatches),
    suspectedOutages: byUnitName(found.suspectedOutages),
    severeCases: severe.map(({ receivedAtMs, ...row }) => ({ ...row, receivedOn: dateIn(config.zone, receivedAtMs) })),
    draws: await integrity.draws(week),
    dataQuality: await integrity.dataQuality(week),
    deadLetters: await integrity.deadLetters(week),
    restatements: byUnitName(found.restatements),
  }
}

type Named = { readonly unitId: string; readonly unitName: string }
interface RecordsFound {
  readonly mismatches: (Content['mismatches'][number] & Named)[]
  readonly suspectedOutages: (Content['suspectedOutages'][number] & Named)[]
  readonly restatements: (Content['restatements'][number] & Named)[]
}

/** Adds what is found of these units. */
async function lookAt(
  { figures }: IntegrityInputsDeps,
  { week, firstWeek, lastRunMs }: ReportPeriod,
  units: readonly DirectoryUnit[],
  found: RecordsFound,
): Promise<void> {
  const ids = units.map(({ unitId }) => unitId)
  const measures = byUnit(await figures.measuresOf(ids, { week, scope: 'own' }))
  const notes = byUnit(await figures.notesOf(ids, week))
  const restated = byUnit(await figures.restatementsOf(ids, { fromWeek: firstWeek, toWeek: week, sinceMs: lastRunMs }))
  for (const { unitId, name: unitName } of units) {
    const named = { unitId, unitName }
    const checks = measures(unitId).find(({ measure, window }) => measure === 'C1' && window === 'R4')
    const notConfirmed = (checks?.denominator ?? 0) - (checks?.numerator ?? 0)
    if (notConfirmed > 0) found.mismatches.push({ ...named, notConfirmed, checks: checks?.denominator ?? 0 })
    for (const { suspectedOutageDays } of notes(unitId))
      found.suspectedOutages.push(...suspectedOutageDays.map((day) => ({ ...named, ...day })))
    const moves = reportRestatements(restated(unitId), { fromMs: lastRunMs, told: [] })
    found.restatements.push(...moves.map((row) => ({ ...named, ...row })))
  }
}

/** What may be listed over all units, with the weeks that it has stood. */
async function signalsOf({ figures, integrity }: IntegrityInputsDeps, { week }: ReportPeriod, tree: UnitTree) {
  const listed = await integrity.listedSignals(week, integrityCharts)
  const recent = { fromWeek: addDays(week, -7 * (WEEKS_OF_SIGNALS - 1)), toWeek: week }
  const units = [...new Set(listed.map(({ unitId }) => unitId))]
  const charts = byUnit(await figures.chartWeeksOf(units, { ...recent, measures: integrityCharts }))
  return listed.map(({ unitId, measure, rule }) => {
    const chart = charts(unitId).filter((row) => row.measure === measure)
    return {
      ...{ unitId, measure, rule },
      unitName: tree.unit(unitId)?.name ?? unitId,
      weeks: standingFlag(chart, week)?.weeks ?? 1,
    }
  })
}
