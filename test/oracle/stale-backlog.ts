import { addDays, type CityTime, mondayOf, mondayOfWeekNumber, weekNumberOf } from './city-time.ts'
import type { Complaint } from './complaint.ts'
import { inServiceScope } from './facts.ts'

/** S4 of one unit and week, counted at the week's cut-off. */
export interface BacklogCount {
  readonly unitId: string
  readonly week: string
  readonly numerator: number
  readonly denominator: number
}

/** Monday 00:00 after the week, or now while it runs. */
export function cutOffMs(week: string, city: CityTime, nowMs: number): number {
  return Math.min(city.at(addDays(week, 7), '00:00'), nowMs)
}

export function openAt(complaint: Complaint, instantMs: number): boolean {
  return !complaint.timeline.closedSpans.some(
    ({ fromMs, toMs }) => fromMs < instantMs && instantMs <= (toMs ?? Number.POSITIVE_INFINITY),
  )
}

/** All own dues of the 52 weeks before the cut-off and older ones still open; a success is not open past its due. */
export function backlogCounts(complaint: Complaint, city: CityTime, nowMs: number): BacklogCount[] {
  const counts: BacklogCount[] = []
  const firstHeld = complaint.timeline.holders[0]
  if (firstHeld === undefined || !inServiceScope(complaint)) return counts
  const current = weekNumberOf(mondayOf(city.dateOf(nowMs)))
  for (let number = weekNumberOf(city.dateOf(firstHeld.fromMs)); number <= current; number++) {
    const week = mondayOfWeekNumber(number)
    const cutMs = cutOffMs(week, city, nowMs)
    const holder = complaint.timeline.holders.findLast(({ fromMs }) => fromMs < cutMs)?.custody
    const judged = complaint.custodies.find(({ custody }) => custody === holder)
    if (judged === undefined || judged.ownDueMs > cutMs) continue
    const open = openAt(complaint, cutMs)
    const recent = judged.ownDueMs >= city.at(addDays(week, -51 * 7), '00:00')
    if (!recent && !open) continue
    counts.push({ unitId: judged.custody.unitId, week, numerator: open ? 0 : 1, denominator: 1 })
  }
  return counts
}
