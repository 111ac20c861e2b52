import type { PlainDate } from '@bina/domain/plain-date'
import type { UnitVersion } from '@bina/pipeline/fold/directory'
import type { FoldedUnit } from '@bina/pipeline/ports/folded-store'

// Two bytes hold a day: these are the first and the last that they can tell. A fact lies between 1970 and 2099.
const firstDay: PlainDate = '1970-01-01'
const lastDay: PlainDate = '2149-06-06'

/**
 * One row for each first day that was ever named, as far as the table can tell days apart: what began before 1970 stands at its
 * first day, in one row. Of several versions there the latest `validFrom` stands, as it does for every day that a fact can have;
 * a first day that no version names any more takes nothing away from one that still stands.
 */
export function* unitRows({ unitId, versions, everValidFrom }: FoldedUnit, readAt: string) {
  const standing = new Map<PlainDate, UnitVersion>()
  for (const version of versions) {
    const day = kept(version.validFrom)
    const other = standing.get(day)
    // In order: the later of one first day stands.
    if (other === undefined || version.validFrom >= other.validFrom) standing.set(day, version)
  }
  for (const day of new Set([...everValidFrom.map(kept), ...standing.keys()])) {
    const version = standing.get(day)
    // What ended before the first day is over on it.
    yield version === undefined || (version.validTo !== undefined && version.validTo < firstDay)
      ? { unit_id: unitId, valid_from: day, version: readAt, is_deleted: 1 }
      : unitRow(version, readAt)
  }
}

function unitRow(unit: UnitVersion, readAt: string) {
  return {
    unit_id: unit.unitId,
    valid_from: kept(unit.validFrom),
    // 9999-12-31 is how many a system says "without an end".
    valid_to: unit.validTo === undefined || unit.validTo > lastDay ? null : unit.validTo,
    name: unit.name,
    unit_type: unit.unitType,
    parent_unit_id: unit.parentUnitId ?? '',
    head_role: unit.headRole,
    report_emails: unit.reportEmails,
    locale: unit.locale,
    schedule_profile: unit.scheduleProfile,
    staff_count: unit.staffCount ?? null,
    population: unit.population ?? null,
    successor_unit_id: unit.successorUnitId ?? '',
    version: readAt,
    is_deleted: 0,
  }
}

function kept(date: PlainDate): PlainDate {
  if (date < firstDay) return firstDay
  return date > lastDay ? lastDay : date
}
