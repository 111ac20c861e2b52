import type { PlainDate } from '@bina/domain/plain-date'
import type { EventData } from '@bina/events/service-event'
import { compareEvents, type Placed } from './event-order.ts'
import type { KnownEvent } from './known-event.ts'

/** What the directory said of a unit at one time, with its place in the order of events. */
export type UnitVersion = EventData['bina.directory.unit.v1'] & Placed

/** What the roster said of a person at one time, with its place in the order of events. */
export type StaffVersion = EventData['bina.directory.staff.v1'] & Placed

/** The versions of a unit that its live events give; events of other types are passed over. */
export function unitVersions(events: readonly KnownEvent[]): readonly UnitVersion[] {
  return events.flatMap((event) =>
    event.type === 'bina.directory.unit.v1' ? [{ ...event.data, ...placeOf(event) }] : [],
  )
}

/** The versions of a person's roster that its live events give; events of other types are passed over. */
export function staffVersions(events: readonly KnownEvent[]): readonly StaffVersion[] {
  return events.flatMap((event) =>
    event.type === 'bina.directory.staff.v1' ? [{ ...event.data, ...placeOf(event) }] : [],
  )
}

/** The version of a unit that holds on a date; undefined before its first day and after its last. */
export function unitOn(versions: readonly UnitVersion[], date: PlainDate): UnitVersion | undefined {
  return versionOn(versions, date)
}

/** The version of a person's roster that holds on a date; undefined in a gap. */
export function rosterOn(versions: readonly StaffVersion[], date: PlainDate): StaffVersion | undefined {
  return versionOn(versions, date)
}

interface Dated extends Placed {
  readonly validFrom: PlainDate
  readonly validTo?: PlainDate | undefined
}

/**
 * Reading 5: of several versions the latest `validFrom` not after the day, then the latest time. That version alone
 * says whether the day still counts, so that sending it again with a `validTo` ends the unit although the older one
 * knew no end.
 */
function versionOn<V extends Dated>(versions: readonly V[], date: PlainDate): V | undefined {
  let chosen: V | undefined
  for (const version of versions) {
    if (version.validFrom > date) continue
    if (chosen === undefined || compareVersions(version, chosen) > 0) chosen = version
  }
  return chosen?.validTo !== undefined && chosen.validTo < date ? undefined : chosen
}

function compareVersions(a: Dated, b: Dated): number {
  if (a.validFrom !== b.validFrom) return a.validFrom < b.validFrom ? -1 : 1
  return compareEvents(a, b)
}

function placeOf(event: Placed): Placed {
  return { source: event.source, id: event.id, occurredAtMs: event.occurredAtMs }
}
