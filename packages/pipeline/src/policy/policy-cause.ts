import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { RecordedChange } from '../ports/policy-log.ts'
import type { PolicyScope } from './policy-changes.ts'

// How many weeks after a date its facts are still counted: person-days in R4; a complaint that stays open weighs on every week since.
const reachWeeks: Readonly<Record<PolicyScope, number | undefined>> = {
  days: 3,
  receipts: undefined,
  calendar: undefined,
  scores: 0,
}

/**
 * The cause of a figure's move where it is a change of the rules, such as `policy v1 -> v2`: its row was made by another version, and
 * some change since then reaches the week. Undefined otherwise: then an event came late, was corrected or withdrawn.
 * `history` names the versions up to the new one, the first first.
 */
export function policyCause(
  row: { readonly week: PlainDate; readonly oldVersion: string; readonly newVersion: string },
  changes: readonly RecordedChange[],
  history: readonly string[],
): string | undefined {
  if (row.oldVersion === row.newVersion) return undefined
  const oldAt = history.indexOf(row.oldVersion)
  const newAt = history.indexOf(row.newVersion)
  const reaches = changes.some(({ scope, from, to, toVersion }) => {
    const at = history.indexOf(toVersion)
    if (at <= oldAt || at > newAt) return false
    // Scores go by their Monday, all else by any day of the week, and on for as long as the day counts.
    const lastWeekday = addDays(row.week, scope === 'scores' ? 0 : 6)
    const weeks = reachWeeks[scope]
    const lastReached = to === undefined || weeks === undefined ? undefined : addDays(to, 7 * weeks)
    return lastWeekday >= from && (lastReached === undefined || row.week <= lastReached)
  })
  return reaches ? `policy ${row.oldVersion} -> ${row.newVersion}` : undefined
}
