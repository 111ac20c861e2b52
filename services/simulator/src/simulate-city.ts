import type { ServiceEvent } from '@bina/events/service-event'
import { tellAttendanceWeek } from './attendance-week.ts'
import type { CityOptions } from './city-options.ts'
import { type CityPlan, planCity } from './city-plan.ts'
import { tellCoachingWeek } from './coaching-week.ts'
import { tellComplaintsWeek } from './complaints-week.ts'
import { withCorrections } from './corrections.ts'
import type { CityDay } from './day-book.ts'
import { tellDirectory } from './directory.ts'
import { makeEvent, type Tell } from './event-maker.ts'
import { tellFindingsWeek } from './findings-week.ts'
import type { Posting } from './plan-postings.ts'
import { tellSpotChecks } from './spot-checks.ts'
import { createTimeline } from './timeline.ts'
import { traitsOf } from './unit-traits.ts'

/**
 * All events of a pretend city in the order in which they happen: the directory first, then week after week. One week
 * and
 * what is still to come of open lives are held at a time, so memory does not grow with the weeks. The same options give
 * the same events; every identity appears once.
 */
export function* simulateCity(options: CityOptions): Generator<ServiceEvent, void, undefined> {
  const plan = planCity(options)
  const timeline = createTimeline(plan.dayBook)
  const tell: Tell = (id, occurredAtMs, content) => {
    const event = makeEvent(plan, id, occurredAtMs, content)
    if (!plan.withCorrections) timeline.add(event)
    else for (const each of withCorrections(plan, event)) timeline.add(each)
  }

  // The first day's directory is told as it stands, parents first; what sorts after it keeps its turn.
  const first: ServiceEvent[] = []
  tellDirectory(plan, (id, occurredAtMs, content) => {
    const event = makeEvent(plan, id, occurredAtMs, content)
    if (event.occurredAtMs === plan.dayBook.startMs) first.push(event)
    else timeline.add(event)
  })
  yield* first

  const postings = postingsByUnit(plan)
  for (let week = 0; week < plan.weeks; week += 1) {
    const days = plan.dayBook.week(week)
    tellWeek(plan, tell, postings, days, week)
    for (const day of days) yield* timeline.takeBefore(plan.dayBook.endOf(day))
  }
}

function postingsByUnit(plan: CityPlan): ReadonlyMap<string, readonly Posting[]> {
  const grouped = new Map<string, Posting[]>()
  for (const posting of plan.postings) {
    const group = grouped.get(posting.unitId)
    if (group === undefined) grouped.set(posting.unitId, [posting])
    else group.push(posting)
  }
  return grouped
}

function tellWeek(
  plan: CityPlan,
  tell: Tell,
  postings: ReadonlyMap<string, readonly Posting[]>,
  days: readonly CityDay[],
  week: number,
): void {
  for (const unit of plan.servingUnits) {
    const traits = traitsOf(plan, unit, week + 1)
    for (const posting of postings.get(unit.unitId) ?? []) tellAttendanceWeek(plan, tell, posting, traits, days)
    tellComplaintsWeek(plan, tell, unit, days, week)
    tellCoachingWeek(plan, tell, unit, days, week)
  }
  tellSpotChecks(plan, tell, postings, days, week)
  tellFindingsWeek(plan, tell, days, week)
}
