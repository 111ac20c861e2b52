import { addDays } from './city-time.ts'
import { inOrder, maybeNumber, maybeText, type Standing, text } from './event.ts'

interface Version {
  readonly event: Standing
  readonly validFrom: string
  readonly validTo: string | null
}

export interface Directory {
  readonly isKnown: (unitId: string) => boolean
  readonly unitIds: () => readonly string[]
  /** The latest entry not after the day, ended or not. */
  readonly entryOn: (unitId: string, date: string) => Standing | null
  /** The unit's type on that day, null where the directory does not know it as valid. */
  readonly unitTypeOn: (unitId: string, date: string) => string | null
  /** Where the latest entry not after the week's Sunday puts the unit, ended or not; null where nothing is above it. */
  readonly parentIn: (unitId: string, week: string) => string | null
  /** The type that the same entry tells. */
  readonly typeIn: (unitId: string, week: string) => string | null
  /** What the directory says of a unit that is valid on a day of the week, on the latest such day. */
  readonly validIn: (
    unitId: string,
    week: string,
  ) => { readonly unitType: string; readonly population: number | null } | null
  /** The unit on whose roster the person stands that day. */
  readonly rosterUnitOn: (personKey: string, date: string) => string | null
  readonly rosteredPeople: () => readonly { readonly personKey: string; readonly firstDay: string }[]
}

/** Of several versions the latest `validFrom` not after the day, then the latest event; `validTo` still counts. */
function versionOn(versions: readonly Version[], date: string): Version | null {
  let found: Version | null = null
  for (const version of versions) {
    if (version.validFrom <= date && (found === null || version.validFrom >= found.validFrom)) found = version
  }
  return found !== null && (found.validTo === null || date <= found.validTo) ? found : null
}

function versionsOf(events: readonly Standing[], type: string, key: string): Map<string, Version[]> {
  const versions = new Map<string, Version[]>()
  for (const event of [...events].sort(inOrder)) {
    if (event.type !== type) continue
    const of = versions.get(text(event, key)) ?? []
    of.push({ event, validFrom: text(event, 'validFrom'), validTo: maybeText(event, 'validTo') })
    versions.set(text(event, key), of)
  }
  return versions
}

export function createDirectory(events: readonly Standing[]): Directory {
  const units = versionsOf(events, 'bina.directory.unit.v1', 'unitId')
  const staff = versionsOf(events, 'bina.directory.staff.v1', 'personKey')
  const placedOn = (unitId: string, date: string) =>
    (units.get(unitId) ?? [])
      .filter(({ validFrom }) => validFrom <= date)
      .reduce<Version | null>((best, one) => (best === null || one.validFrom >= best.validFrom ? one : best), null)
  const placedIn = (unitId: string, week: string) => placedOn(unitId, addDays(week, 6))
  return {
    isKnown: (unitId) => units.has(unitId),
    unitIds: () => [...units.keys()].sort(),
    entryOn: (unitId, date) => placedOn(unitId, date)?.event ?? null,
    unitTypeOn: (unitId, date) => {
      const version = versionOn(units.get(unitId) ?? [], date)
      return version && text(version.event, 'unitType')
    },
    parentIn: (unitId, week) => {
      const placed = placedIn(unitId, week)
      return placed === null ? null : maybeText(placed.event, 'parentUnitId')
    },
    typeIn: (unitId, week) => {
      const placed = placedIn(unitId, week)
      return placed === null ? null : text(placed.event, 'unitType')
    },
    validIn: (unitId, week) => {
      for (let day = 6; day >= 0; day--) {
        const version = versionOn(units.get(unitId) ?? [], addDays(week, day))
        if (version === null) continue
        return { unitType: text(version.event, 'unitType'), population: maybeNumber(version.event, 'population') }
      }
      return null
    },
    rosterUnitOn: (personKey, date) => {
      const version = versionOn(staff.get(personKey) ?? [], date)
      return version && text(version.event, 'unitId')
    },
    rosteredPeople: () =>
      [...staff].map(([personKey, versions]) => ({
        personKey,
        firstDay: versions.map((version) => version.validFrom).sort()[0] ?? '',
      })),
  }
}
