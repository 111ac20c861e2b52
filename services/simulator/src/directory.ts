import { addDays } from '@bina/domain/plain-date'
import { type CityPlan, cityProfile } from './city-plan.ts'
import type { Tell } from './event-maker.ts'
import type { Posting } from './plan-postings.ts'
import { createRandom, wholeBelow } from './random.ts'

/**
 * Tells all units and the rosters of the first day, valid from it, and later every move and departure on the day it
 * becomes known.
 */
export function tellDirectory(plan: CityPlan, tell: Tell): void {
  const { startMs } = plan.dayBook
  const staffCount = new Map<string, number>()
  for (const { unitId, fromDay } of plan.postings)
    if (fromDay === 0) staffCount.set(unitId, (staffCount.get(unitId) ?? 0) + 1)
  for (const unit of plan.units) {
    const { usualStaff: _, ...attributes } = unit
    const staff = staffCount.get(unit.unitId)
    tell(`unit-${unit.unitId}-1`, startMs, {
      type: 'bina.directory.unit.v1',
      subject: unit.unitId,
      data: {
        ...attributes,
        scheduleProfile: cityProfile,
        ...(staff === undefined ? {} : { staffCount: staff }),
        validFrom: plan.firstMonday,
      },
    })
  }
  for (const posting of plan.postings) tellPosting(plan, tell, posting)
}

function tellPosting(plan: CityPlan, tell: Tell, posting: Posting): void {
  const { personKey, unitId, fromDay, toDay } = posting
  const { startMs } = plan.dayBook
  const validFrom = addDays(plan.firstMonday, fromDay)
  const data = { personKey, unitId, scheduleProfile: cityProfile, validFrom }
  const random = createRandom(plan.seed, 'announced', personKey)
  const dayMs = 86_400_000
  const announcedMs = (day: number, early: number) =>
    startMs + (day - early) * dayMs + (9 * 60 + wholeBelow(random, 300)) * 60_000
  tell(
    `staff-${personKey}-${fromDay === 0 ? 1 : 2}`,
    fromDay === 0 ? startMs : announcedMs(fromDay, 1 + wholeBelow(random, 10)),
    {
      type: 'bina.directory.staff.v1',
      subject: unitId,
      data,
    },
  )
  if (!posting.leaves) return
  // Sometimes the papers come after the person has gone.
  tell(`staff-${personKey}-2`, announcedMs(toDay, wholeBelow(random, 12) - 3), {
    type: 'bina.directory.staff.v1',
    subject: unitId,
    data: { ...data, validTo: addDays(plan.firstMonday, toDay) },
  })
}
