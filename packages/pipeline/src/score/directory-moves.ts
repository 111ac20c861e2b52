import { addDays } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import { dayEntity } from '../fold/entity.ts'
import type { KnownEvent } from '../fold/known-event.ts'

/** The person-days that a roster's events may move: every date from the first that any of them names to the last that has
 *  ended; absences come to exist this way. Dead events count too, since what they said must be taken back. */
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
  for (let date = first; date <= yesterday; date = addDays(date, 1)) entities.push(dayEntity(personKey, date))
  return entities
}
