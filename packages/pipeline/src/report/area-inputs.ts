import type { AreaReportInput } from '@bina/reporting/area-report-input'
import type { DirectoryUnit, ReportedUnit } from '../ports/report-figures.ts'
import { areaTrends } from './area-trends.ts'
import { byUnit } from './by-unit.ts'
import { byName, reportedArea, reportFrame } from './report-frame.ts'
import {
  type ReportInputsConfig,
  type ReportInputsDeps,
  type Reports,
  reportedTypes,
  someAtOnce,
  UNITS_AT_ONCE,
} from './report-inputs.ts'
import { type AskedReports, reportPeriod } from './report-period.ts'
import { reportMeasure } from './report-scores.ts'
import { stuckCases } from './stuck-cases.ts'
import { type UnitDigest, unitDigest } from './unit-digest.ts'
import { unitInputs } from './unit-inputs.ts'
import { createUnitTree } from './unit-tree.ts'

export interface AreaReport {
  readonly unit: ReportedUnit
  readonly input: AreaReportInput
}

interface Area {
  readonly unit: DirectoryUnit
  readonly type: 'kecamatan' | 'opd'
  readonly below: readonly DirectoryUnit[]
}

/** One input a kecamatan and opd that has units with reports below it today, by id. Each holds what its units' own reports say. */
export async function areaInputs(
  config: ReportInputsConfig,
  deps: ReportInputsDeps,
  asked: AskedReports & { readonly unitIds?: readonly string[] },
): Promise<Reports<AreaReport>> {
  const { figures, calendar } = deps
  const period = reportPeriod(config, calendar, asked)
  const tree = createUnitTree(await figures.directoryOn(period.today))
  const areas = tree.units.flatMap((unit): readonly Area[] => {
    const { unitId, unitType } = unit
    if (unitType !== 'kecamatan' && unitType !== 'opd') return []
    if (asked.unitIds !== undefined && !asked.unitIds.includes(unitId)) return []
    const below = tree.below(unitId).filter((one) => reportedTypes.includes(one.unitType))
    return below.length === 0 ? [] : [{ unit, type: unitType, below }]
  })

  /** What is read of each unit below some areas, which may have it in common. */
  const digestsOf = async (some: readonly Area[]) => {
    const units = new Map(some.flatMap(({ below }) => below.map((unit) => [unit.unitId, unit] as const)))
    const digests = new Map<string, UnitDigest>()
    for (const part of someAtOnce([...units.values()])) {
      for (const { unit, input } of await unitInputs(config, deps, period, part.map(tree.reported)))
        digests.set(unit.unitId, unitDigest(input, period.today))
    }
    return digests
  }

  async function* reports() {
    const stuck = stuckCases(config, { tree, calendar, nowMs: period.nowMs }, await figures.unsettledCases())
    for (const some of areasAtOnce(areas)) {
      const ids = some.map(({ unit }) => unit.unitId)
      const digests = await digestsOf(some)
      const measures = byUnit(await figures.measuresOf(ids, { week: period.week, scope: 'area' }))
      const trends = await areaTrends(figures, ids, period)
      for (const { unit, type, below } of some) {
        const own = below.flatMap(({ unitId }) => digests.get(unitId) ?? []).sort((a, b) => byName(a.unit, b.unit))
        const sum = (count: (digest: UnitDigest) => number) => own.reduce((total, digest) => total + count(digest), 0)
        const input: AreaReportInput = {
          kind: 'area',
          ...reportFrame(period, deps.policyVersion, config.contact),
          area: reportedArea(unit, type, config.zone),
          measures: measures(unit.unitId).map(reportMeasure),
          trends: trends(unit.unitId),
          units: own.map((digest) => digest.unit),
          stuck: stuck(unit.unitId),
          actions: own.flatMap(({ actions }) => actions),
          findings: own.flatMap(({ findings }) => findings),
          spotChecks: {
            confirmed: sum(({ spotChecks }) => spotChecks.confirmed),
            notConfirmed: sum(({ spotChecks }) => spotChecks.notConfirmed),
          },
          restatements: own.flatMap(({ restatements }) => restatements),
        }
        yield { unit: tree.reported(unit), input }
      }
    }
  }
  return { units: areas.length, reports: { [Symbol.asyncIterator]: reports } }
}

/** Areas in their order, so many that about as many units lie below them as are asked for at once. */
function* areasAtOnce(areas: readonly Area[]): Iterable<readonly Area[]> {
  let some: Area[] = []
  let units = 0
  for (const area of areas) {
    some.push(area)
    units += area.below.length
    if (units < UNITS_AT_ONCE) continue
    yield some
    some = []
    units = 0
  }
  if (some.length > 0) yield some
}
