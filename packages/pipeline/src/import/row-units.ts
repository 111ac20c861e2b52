import type { EventData, ServiceEvent } from '@bina/events/service-event'
import { localInstant } from './local-instant.ts'
import type { ImportMapping, UnitLevel } from './mapping.ts'
import type { EventMaker } from './row-event.ts'
import type { CellOf } from './row-rules.ts'
import { parseTemplate, slug, type Template } from './template.ts'

export type UnitEvent = ServiceEvent<'bina.directory.unit.v1'>

export interface RowUnits {
  readonly kind: 'units'
  /** By the level's name. */
  readonly idOf: ReadonlyMap<string, string>
  /** One directory event a level that the import makes, superiors first; the same unit gives the same event. */
  readonly events: readonly UnitEvent[]
}

/** What keeps a row from naming its unit: a column that says nothing, or a value that gives no id or no name. */
export interface UnitFault {
  readonly kind: 'fault'
  readonly code: 'required' | 'id' | 'contract'
  readonly columnName?: string
  readonly message: string
}

/** Rows to the units that they name. Each unit is made once and remembered, since many rows name the same ones; where rows
 *  name it differently the first name stays. */
export function createRowUnits(mapping: ImportMapping, make: EventMaker): (cell: CellOf) => RowUnits | UnitFault {
  const { validFrom } = mapping.directory
  // From the first instant of the first day, so that the same mapping always makes the same event.
  const { ms: occurredAtMs } = localInstant(mapping.zone, { kind: 'wall', date: validFrom, minuteOfDay: 0, restMs: 0 })
  const made = new Map<string, UnitEvent>()
  const levels = Object.entries(mapping.units).map(([name, level]) => ({
    name,
    level,
    id: parseTemplate(level.id),
    title: parseTemplate(level.name),
  }))

  const unitOf = (
    level: UnitLevel,
    title: Template,
    unitId: string,
    parentUnitId: string | undefined,
    cell: CellOf,
  ) => {
    const known = made.get(unitId)
    if (known !== undefined) return known
    const name = title.fill(cell)
    if ('empty' in name) return required(name.empty, 'is empty, so that the unit has no name')
    const data: EventData['bina.directory.unit.v1'] = {
      unitId,
      name: name.text,
      unitType: level.unitType,
      ...(parentUnitId === undefined ? {} : { parentUnitId }),
      headRole: level.headRole,
      reportEmails: level.reportEmails,
      locale: level.locale ?? mapping.directory.locale,
      scheduleProfile: mapping.calendarProfile,
      validFrom,
    }
    const event = make('bina.directory.unit.v1', `unit:${unitId}:${validFrom}`, unitId, occurredAtMs, data)
    if (event.kind === 'dead_letter')
      return { kind: 'fault', code: 'contract', message: `unit ${event.detail}` } as const
    made.set(unitId, event.value)
    return event.value
  }

  return (cell) => {
    const idOf = new Map<string, string>()
    const events: UnitEvent[] = []
    for (const { name, level, id, title } of levels) {
      const unlettered = id.columns.find((column) => slug(cell(column) ?? 'x') === '')
      if (unlettered !== undefined) {
        const message = 'has no letter a-z and no digit to make an id of'
        return { kind: 'fault', code: 'id', columnName: unlettered, message }
      }
      const unitId = id.fill(cell, slug)
      if ('empty' in unitId) return required(unitId.empty, 'is empty, so that the unit cannot be told')
      idOf.set(name, unitId.text)
      if (!level.publish) continue
      const parentUnitId = level.parent === undefined ? level.parentUnitId : idOf.get(level.parent)
      const event = unitOf(level, title, unitId.text, parentUnitId, cell)
      if ('kind' in event) return event
      events.push(event)
    }
    return { kind: 'units', idOf, events }
  }
}

function required(columnName: string, message: string): UnitFault {
  return { kind: 'fault', code: 'required', columnName, message }
}
