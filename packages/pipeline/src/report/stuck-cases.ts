import type { WorkCalendar } from '@bina/domain/calendar'
import { dateIn } from '@bina/domain/zone'
import type { StuckCase } from '@bina/reporting/area-report-input'
import { caseUrl } from '@bina/reporting/case-urls'
import type { UnsettledCase } from '../ports/report-figures.ts'
import type { ReportInputsConfig } from './report-inputs.ts'
import type { UnitTree } from './unit-tree.ts'

// The coordinator passes a complaint on within so many working days (domain.md 1.6).
const assignWithinWorkingDays = 3

/**
 * Cases that went between units, or that nobody was given in time, each with whoever can unblock it: the lowest unit above all that have
 * had it, so that nobody reads of units that are not below them. What nobody was given stands with the city, whose coordinator assigns,
 * and with whoever is above the unit complained about.
 */
export function stuckCases(
  config: ReportInputsConfig,
  { tree, calendar, nowMs }: { readonly tree: UnitTree; readonly calendar: WorkCalendar; readonly nowMs: number },
  cases: readonly UnsettledCase[],
): (unitId: string) => readonly StuckCase[] {
  const found = new Map<string, StuckCase[]>()
  const city = tree.units.find(({ unitType }) => unitType === 'city')
  for (const one of cases) {
    const stuck = stuckCase(config, tree, one)
    for (const unitId of unblockersOf(one)) found.set(unitId, [...(found.get(unitId) ?? []), stuck])
  }

  function unblockersOf({ unitIds, aboutUnitId, receivedAtMs }: UnsettledCase): readonly string[] {
    if (unitIds.length > 0) return commonSuperior(tree, unitIds)
    const receivedOn = dateIn(config.zone, receivedAtMs)
    if (calendar.closeOfWorkingDay(config.cityProfile, receivedOn, assignWithinWorkingDays) >= nowMs) return []
    const above = tree.line(aboutUnitId)
    const nearest = above.find(({ unitType }) => unitType === 'kecamatan' || unitType === 'opd')
    const top = above.find(({ unitType }) => unitType === 'city') ?? city
    return [...new Set([nearest, top].flatMap((unit) => unit?.unitId ?? []))]
  }

  return (unitId) => found.get(unitId) ?? []
}

/** The lowest unit that is above all of these, or one of them and above the others; none where the directory has no such unit. */
function commonSuperior(tree: UnitTree, unitIds: readonly string[]): readonly string[] {
  const [first = [], ...others] = [...new Set(unitIds)].map((unitId) => tree.line(unitId).map((unit) => unit.unitId))
  const common = first.find((unitId) => others.every((line) => line.includes(unitId)))
  return common === undefined ? [] : [common]
}

function stuckCase({ zone, caseUrls }: ReportInputsConfig, tree: UnitTree, one: UnsettledCase): StuckCase {
  const url = caseUrls === undefined ? undefined : caseUrl(caseUrls, one.channel, one.complaintId)
  return {
    complaintId: one.complaintId,
    units: one.unitIds.map((unitId) => tree.unit(unitId)?.name ?? unitId),
    receivedOn: dateIn(zone, one.receivedAtMs),
    dueOn: dateIn(zone, one.dueAtMs),
    ...(url === undefined ? {} : { url }),
  }
}
