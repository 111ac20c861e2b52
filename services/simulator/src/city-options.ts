import type { WorkCalendar } from '@bina/domain/calendar'
import type { PlainDate } from '@bina/domain/plain-date'

/** What a pretend city is made from; the same options give the same events, byte for byte. */
export interface CityOptions {
  readonly seed: number | string
  /** Whole weeks, at least 1. */
  readonly weeks: number
  /** The Monday of the last simulated week. */
  readonly lastWeekMonday: PlainDate
  readonly zone: string
  readonly calendar: WorkCalendar
  /** `source` of every event. */
  readonly source: string
  /** How many kelurahan, kecamatan and UPT, the story units first; all 185 by default. */
  readonly units?: 'all' | number
  /** Mean staff of a unit. Without it the usual sizes: kelurahan 8, kecamatan 20, puskesmas 25, other UPT 10. */
  readonly staffPerUnit?: number
  /**
   * Where no `staffPerUnit` is given: as many staff as it takes for at least about this many events, and never less
   * than one a unit.
   */
  readonly eventsTarget?: number
  /** Mean complaints of a unit in a week; 0.7 is 25 a working day over the city. */
  readonly complaintsPerUnitWeek?: number
  /** Spot checks in a week over all units; 60 over 185 units by default. */
  readonly checksPerWeek?: number
  /** Complaints that are forwarded, taken over or refused. */
  readonly withReassignments?: boolean
  /** Complaints that wait for their reporter. */
  readonly withWaiting?: boolean
  /** Closed complaints that are opened again. */
  readonly withReopenings?: boolean
  /** Events that replace or withdraw earlier ones. */
  readonly withCorrections?: boolean
  /** People who change units or leave. */
  readonly withStaffMoves?: boolean
}
