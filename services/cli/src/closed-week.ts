import { isoWeekName, parseWeek } from '@bina/domain/week'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { CommandError } from './command-error.ts'

/** The Monday of the week that was named, or of the last closed one. A report of a week that has not ended would thank for it. */
export function closedWeek(zone: string, named: string | undefined): string {
  const last = lastClosedWeek(zone, Date.now())
  if (named === undefined) return last
  const week = parseWeek(named)
  if (week > last) {
    throw new CommandError(`${isoWeekName(week)} has not ended. The last closed week is ${isoWeekName(last)}.`, 2)
  }
  return week
}
