import type { WorkCalendar } from '@bina/domain/calendar'
import type { CaseUrls } from '@bina/reporting/case-urls'
import type { ReportInput } from '@bina/reporting/report-input'
import type { ScoringPolicy } from '@bina/scoring/scoring-policy'
import type { ReportedUnit, ReportFigures } from '../ports/report-figures.ts'
import type { ReportSnapshots } from '../ports/report-snapshots.ts'
import { type AskedReports, reportPeriod } from './report-period.ts'
import { unitInputs } from './unit-inputs.ts'
import { createUnitTree } from './unit-tree.ts'

export interface ReportInputsConfig {
  readonly zone: string
  readonly cityProfile: string
  /** Minute of Monday at which reports go out, in the city's zone. */
  readonly dueMinute: number
  /** Where objections go. */
  readonly contact: string
  /** Where cases are looked at, by their channel. */
  readonly caseUrls?: CaseUrls
}

export interface ReportInputsDeps {
  readonly figures: ReportFigures
  readonly snapshots: Pick<ReportSnapshots, 'lastBefore'>
  readonly calendar: WorkCalendar
  readonly policy: ScoringPolicy
  readonly policyVersion: string
}

export interface UnitReport {
  readonly unit: ReportedUnit
  readonly input: ReportInput
}

/** The reports of one week: of how many units, and each as it is wanted. */
export interface Reports<Report> {
  readonly units: number
  readonly reports: AsyncIterable<Report>
}
export type UnitReports = Reports<UnitReport>

export const reportedTypes: readonly string[] = ['kelurahan', 'kecamatan', 'upt']
/** Of so many units the figures are in memory at a time, and of so many they are asked for at once. */
export const UNITS_AT_ONCE = 1_000

/**
 * One input a kelurahan, kecamatan and upt that the directory knows today, by unit id, for the reports of a week. Each holds figures of
 * its own unit alone.
 *
 * @param asked.unitIds these units alone, where they are such
 */
export async function reportInputs(
  config: ReportInputsConfig,
  deps: ReportInputsDeps,
  asked: AskedReports & { readonly unitIds?: readonly string[] },
): Promise<UnitReports> {
  const period = reportPeriod(config, deps.calendar, asked)
  const tree = createUnitTree(await deps.figures.directoryOn(period.today))
  const units = tree.units.filter(
    ({ unitId, unitType }) =>
      reportedTypes.includes(unitType) && (asked.unitIds === undefined || asked.unitIds.includes(unitId)),
  )
  async function* reports() {
    for (const some of someAtOnce(units)) yield* await unitInputs(config, deps, period, some.map(tree.reported))
  }
  return { units: units.length, reports: { [Symbol.asyncIterator]: reports } }
}

/** In the same order, so many at a time as are asked for at once. */
export function* someAtOnce<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < all.length; from += UNITS_AT_ONCE) yield all.slice(from, from + UNITS_AT_ONCE)
}
