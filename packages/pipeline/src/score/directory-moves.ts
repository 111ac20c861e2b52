import { addDays } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import { dayEntity } from '../fold/entity.ts'
import type { KnownEvent } from '../fold/known-event.ts'

// Person-level data are kept for thirteen months (domain.md 1.10). A roster that says "since 1970" must not make absences of
// half a century, nor keep a worker busy for as long.
const horizonDays = 400

/** The first date for which a roster alone makes absences, as seen at an instant. */
export const firstDateOfAbsences = (zone: string, nowMs: number): string =>
  addDays(dateIn(zone, nowMs), -1 - horizonDays)

/** The person-days that a roster's events may move: every date from the first that any of them names to the last that has
 *  ended, of the last thirteen months; absences come to exist this way. Dead events count too, since what they said must be
 *  taken back. */
export function entitiesMovedByDirectory(
  personKey: string,
  events: readonly KnownEvent[],
  zone: string,
  nowMs: number,
): readonly string[] {
  const yesterday = addDays(dateIn(zone, nowMs), -1)
  let first: string | undefined
  for (const event of events) {
    if (event.type === 'bina.directory.staff.v1' && (first === undefined || event.data.validFrom < first))
      first = event.data.validFrom
  }
  const entities: string[] = []
  if (first === undefined) return entities
  const horizon = firstDateOfAbsences(zone, nowMs)
  for (let date = first < horizon ? horizon : first; date <= yesterday; date = addDays(date, 1))
    entities.push(dayEntity(personKey, date))
  return entities
}
