import { addDays, daysBetween, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs, mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { WINDOW_WEEKS, type WindowName } from '@bina/scoring/measure-id'

/** Whether the row of a week, over a window that ends with it, counts what happened in the week of `fact`. Both are Mondays. */
export function countsIn(fact: PlainDate, row: { readonly week: PlainDate; readonly window: string }): boolean {
  const length = WINDOW_WEEKS[row.window as WindowName] ?? 0
  const weeksOn = daysBetween(fact, row.week) / 7
  return weeksOn >= 0 && weeksOn < length
}

/** The longest window in which a measure of attendance, or of service, is counted. */
export const reach = { attendance: WINDOW_WEEKS.R4, service: WINDOW_WEEKS.R26 } as const

/** Mondays of the weeks at whose cut-off (or now) a unit holds a complaint that is past its own due: what S4 counts. */
export function staleWeeks(
  span: { readonly fromMs: number; readonly toMs: number | null; readonly ownDueMs: number },
  city: { readonly zone: string; readonly nowMs: number },
): readonly PlainDate[] {
  const { fromMs, toMs, ownDueMs } = span
  const last = mondayOf(dateIn(city.zone, city.nowMs))
  const weeks: PlainDate[] = []
  for (let week = mondayOf(dateIn(city.zone, Math.max(fromMs, ownDueMs))); week <= last; week = addDays(week, 7)) {
    const lookMs = Math.min(cutOffMs(city.zone, week), city.nowMs)
    if (fromMs < lookMs && ownDueMs < lookMs && (toMs === null || toMs >= lookMs)) weeks.push(week)
    if (toMs !== null && toMs < lookMs) break
  }
  return weeks
}
