import { addDays } from '@bina/domain/plain-date'
import type { CityReportInput } from '@bina/reporting/area-report-input'
import type { ReportBand } from '@bina/reporting/report-input'
import type { IntegrityFigures } from '../ports/integrity-figures.ts'
import type { DirectoryUnit, EffectRow, ReportedUnit } from '../ports/report-figures.ts'
import { areaTrends } from './area-trends.ts'
import { reportedArea, reportFrame } from './report-frame.ts'
import {
  type ReportInputsConfig,
  type ReportInputsDeps,
  type Reports,
  reportedTypes,
  someAtOnce,
} from './report-inputs.ts'
import { type AskedReports, reportPeriod } from './report-period.ts'
import { reportMeasure } from './report-scores.ts'
import { stuckCases } from './stuck-cases.ts'
import { unitDigest } from './unit-digest.ts'
import { unitInputs } from './unit-inputs.ts'
import { createUnitTree } from './unit-tree.ts'

export interface CityReport {
  readonly unit: ReportedUnit
  readonly input: CityReportInput
}

export interface CityInputsDeps extends ReportInputsDeps {
  readonly integrity: Pick<IntegrityFigures, 'silentSources'>
}

/** One input a city that the directory knows today. Of its units there are counts alone. */
export async function cityInputs(
  config: ReportInputsConfig,
  deps: CityInputsDeps,
  asked: AskedReports & { readonly unitIds?: readonly string[] },
): Promise<Reports<CityReport>> {
  const { figures, calendar } = deps
  const period = reportPeriod(config, calendar, asked)
  const { week, today } = period
  const tree = createUnitTree(await figures.directoryOn(today))
  const cities = tree.units.filter(
    ({ unitId, unitType }) => unitType === 'city' && (asked.unitIds === undefined || asked.unitIds.includes(unitId)),
  )

  const countsOf = async (units: readonly DirectoryUnit[]) => {
    const bands: Record<ReportBand, number> = {
      ...{ kept: 0, needs_attention: 0, needs_support: 0, inconclusive: 0, not_enough_data: 0 },
    }
    const findings = { open: 0, overdue: 0, closedInWeek: 0 }
    let unitsWantingHelp = 0
    let outageUnitDays = 0
    for (const some of someAtOnce(units)) {
      const notes = await figures.notesOf(
        some.map(({ unitId }) => unitId),
        week,
      )
      for (const { outageDays } of notes) outageUnitDays += outageDays
      for (const { input } of await unitInputs(config, deps, period, some.map(tree.reported))) {
        bands[input.service?.band ?? 'not_enough_data']++
        if (unitDigest(input, today).unit.help.length > 0) unitsWantingHelp++
        for (const { closedOn, dueOn } of input.findings) {
          if (closedOn === null) findings.open++
          if (closedOn === null && dueOn < today) findings.overdue++
          if (closedOn !== null && closedOn >= week && closedOn < addDays(week, 7)) findings.closedInWeek++
        }
      }
    }
    return { bands, findings, unitsWantingHelp, outageUnitDays }
  }

  async function* reports() {
    const stuck = stuckCases(config, { tree, calendar, nowMs: period.nowMs }, await figures.unsettledCases())
    const silentSources = await deps.integrity.silentSources(week)
    const effects = [...(await figures.effectsOf('city', 'all')), ...(await figures.effectsOf('action', 'all'))]
    for (const unit of cities) {
      const { unitId } = unit
      const { outageUnitDays, ...counts } = await countsOf(
        tree.below(unitId).filter(({ unitType }) => reportedTypes.includes(unitType)),
      )
      const measures = await figures.measuresOf([unitId], { week, scope: 'area' })
      const input: CityReportInput = {
        kind: 'city',
        ...reportFrame(period, deps.policyVersion, config.contact),
        area: reportedArea(unit, 'city', config.zone),
        measures: measures.map(reportMeasure),
        trends: (await areaTrends(figures, [unitId], period))(unitId),
        ...counts,
        stuck: stuck(unitId),
        blocked: { outageUnitDays, silentSources },
        effects: effects.map(cityEffect),
      }
      yield { unit: tree.reported(unit), input }
    }
  }
  return { units: cities.length, reports: { [Symbol.asyncIterator]: reports } }
}

function cityEffect(row: EffectRow): CityReportInput['effects'][number] {
  const { subject, measure, conclusion, effect, lower80, upper80, coachedUnits } = row
  return {
    ...{ subject, measure, effect, lower80, upper80, coachedUnits },
    conclusion: conclusion as CityReportInput['effects'][number]['conclusion'],
  }
}
