import { dateIn, minuteOfDay } from '@bina/domain/zone'

const two = (number: number) => String(number).padStart(2, '0')

/** `2026-11-09 07:25:31`, by the clock of the zone. */
export function localTime(zone: string, instantMs: number): string {
  const minute = minuteOfDay(zone, instantMs)
  // No zone of today shifts by parts of a minute; those of before 1940 do, and no event is that old.
  const second = Math.floor((((instantMs % 60_000) + 60_000) % 60_000) / 1_000)
  return `${dateIn(zone, instantMs)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second)}`
}
