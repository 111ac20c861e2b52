import type { PlainDate } from '@bina/domain/plain-date'
import { rosterOn, staffVersions, unitOn, unitVersions } from '../fold/directory.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import { chunks, type EntityEvents, readEntities } from '../score/read-entities.ts'

export interface CityUnit {
  readonly unitId: string
  readonly unitType: string
  readonly kecamatanId: string
  /** Itself and its superiors, the city left out. */
  readonly line: readonly string[]
  readonly profile: string
  /** Everybody on the roster of the date, also those on leave, on duty or working elsewhere: nobody is excused from a draw. */
  readonly staffKeys: readonly string[]
}

/** The units of the directory and their rosters as they stand on a date, by unit id. */
export async function readCityRoster(log: EntityLog, date: PlainDate): Promise<readonly CityUnit[]> {
  const staff = new Map<string, string[]>()
  await eachOfKind(log, 'staff', ({ live }) => {
    const posting = rosterOn(staffVersions(live), date)
    if (posting !== undefined) staff.set(posting.unitId, [...(staff.get(posting.unitId) ?? []), posting.personKey])
  })
  const units = new Map<string, { readonly type: string; readonly parent: string; readonly profile: string }>()
  await eachOfKind(log, 'unit', ({ live }) => {
    const unit = unitOn(unitVersions(live), date)
    if (unit === undefined) return
    units.set(unit.unitId, { type: unit.unitType, parent: unit.parentUnitId ?? '', profile: unit.scheduleProfile })
  })
  const lineOf = (unitId: string): readonly string[] => {
    const line: string[] = []
    for (let at = unitId; at !== '' && !line.includes(at); at = units.get(at)?.parent ?? '') {
      if (units.get(at)?.type !== 'city') line.push(at)
    }
    return line
  }
  return [...units]
    .map(([unitId, { type, profile }]): CityUnit => {
      const line = lineOf(unitId)
      const kecamatanId = line.find((superior) => units.get(superior)?.type === 'kecamatan') ?? ''
      return { unitId, unitType: type, kecamatanId, line, profile, staffKeys: (staff.get(unitId) ?? []).toSorted() }
    })
    .toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))
}

const atOnce = 5_000

async function eachOfKind(log: EntityLog, kind: 'staff' | 'unit', see: (events: EntityEvents) => void): Promise<void> {
  for (const some of chunks(await log.entitiesOfKind(kind), atOnce)) {
    const { byEntity } = await readEntities(log, some)
    for (const events of byEntity.values()) see(events)
  }
}
