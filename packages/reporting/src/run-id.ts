import type { PlainDate } from '@bina/domain/plain-date'
import { isoWeekName } from '@bina/domain/week'

/** The weekly run of a period has one id, made from nothing else, so that a restart finds its own run again: `weekly-2026-W47`. */
export function runIdOf(week: PlainDate): string {
  return `weekly-${isoWeekName(week)}`
}
