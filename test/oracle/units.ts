import type { Directory } from './directory.ts'
import { maybeNumber, maybeText, text } from './event.ts'

export interface UnitRow {
  readonly unit_id: string
  readonly name: string
  readonly unit_type: string
  readonly parent_unit_id: string
  readonly kecamatan_unit_id: string
  readonly head_role: string
  readonly locale: string
  readonly schedule_profile: string
  readonly staff_count: number | null
  readonly population: number | null
  readonly valid_from: string
  readonly valid_to: string | null
}

/** The units that the directory knows as valid on that day. */
export function unitRows(directory: Directory, date: string): UnitRow[] {
  return directory.unitIds().flatMap((unitId) => {
    const entry = directory.entryOn(unitId, date)
    const validTo = entry && maybeText(entry, 'validTo')
    if (entry === null || (validTo !== null && validTo < date)) return []
    const unitType = text(entry, 'unitType')
    const parentId = maybeText(entry, 'parentUnitId') ?? ''
    const parent = directory.entryOn(parentId, date)
    const liesIn = parent !== null && text(parent, 'unitType') === 'kecamatan' ? parentId : ''
    return [
      {
        unit_id: unitId,
        name: maybeText(entry, 'name') ?? '',
        unit_type: unitType,
        parent_unit_id: parentId,
        kecamatan_unit_id: unitType === 'kecamatan' ? unitId : liesIn,
        head_role: maybeText(entry, 'headRole') ?? '',
        locale: maybeText(entry, 'locale') ?? '',
        schedule_profile: maybeText(entry, 'scheduleProfile') ?? '',
        staff_count: maybeNumber(entry, 'staffCount'),
        population: maybeNumber(entry, 'population'),
        valid_from: text(entry, 'validFrom'),
        valid_to: validTo,
      },
    ]
  })
}
