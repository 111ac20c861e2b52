import type { PlainDate } from '@bina/domain/plain-date'
import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { type StatusData, statusSet } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { cameToWork, type LivedDay, workdays } from './test-unit.ts'

/** People of a unit, and the days on which one of them did not come: `person * 20 + day`. */
export interface Absences {
  readonly persons: number
  readonly places: readonly number[]
}

export const someAbsences: fc.Arbitrary<Absences> = fc.integer({ min: 3, max: 9 }).chain((persons) =>
  fc.record({
    persons: fc.constant(persons),
    places: fc.uniqueArray(fc.nat(persons * workdays.length - 1), { minLength: 1, maxLength: 4 * persons }),
  }),
)

/** Four weeks in which all came, but for the absences: what stands in their place is the move. */
export function month(
  { persons, places }: Absences,
  inPlace: 'came' | 'absent' | ((date: PlainDate, nth: number) => readonly KnownEvent[]),
): readonly LivedDay[] {
  return Array.from({ length: persons * workdays.length }, (_, place) => {
    const date = workdays[place % workdays.length] ?? ''
    const nth = places.indexOf(place)
    const came = nth < 0 || inPlace === 'came'
    const events = came ? cameToWork(date) : inPlace === 'absent' ? [] : inPlace(date, nth)
    return { person: Math.floor(place / workdays.length), date, events }
  })
}

/** A status given on the day itself, by the city. */
export function excusing(workDate: PlainDate, status: StatusData['status']): readonly KnownEvent[] {
  return [statusSet(`${workDate} 08:00`, { workDate, status })]
}
