import type { CityPlan } from './city-plan.ts'
import type { CityDay } from './day-book.ts'
import type { Posting } from './plan-postings.ts'
import { chance, createRandom, uniform } from './random.ts'
import type { UnitTraits } from './unit-traits.ts'

/** What one day was for one person, in truth; what the events say of it may come late or be corrected. */
export type DayTruth =
  | 'off'
  | 'rostered_off'
  | 'outage'
  | 'leave'
  | 'duty'
  | 'flexible'
  | 'present'
  /** Was there, but the device had failed: the unit says so afterwards. */
  | 'vouched_for'
  | 'absent'
  /** Absent without a word; the paper comes some working days later. */
  | 'excused_later'

// Somebody on leave today is on leave tomorrow every second time.
const leaveGoesOn = 0.5

/**
 * What a person did on the days of a week; asked twice (by clocks and by spot checks) it is the same, since it hangs
 * on the labels alone.
 */
export function personWeek(
  plan: CityPlan,
  posting: Posting,
  traits: UnitTraits,
  days: readonly CityDay[],
): readonly DayTruth[] {
  const random = createRandom(plan.seed, 'days', posting.personKey, days[0]?.date ?? '')
  const leaveBegins = (traits.leaveShare * (1 - leaveGoesOn)) / (1 - traits.leaveShare)
  let onLeave = chance(random, traits.leaveShare)
  return days.map((day) => {
    if (day.shift === undefined) return 'off'
    onLeave = chance(random, onLeave ? leaveGoesOn : leaveBegins)
    if (isOutage(plan, posting.unitId, day)) return 'outage'
    if (onLeave) return 'leave'
    const draw = uniform(random)
    if (draw < 0.035) return 'duty'
    if (draw < 0.055) return 'flexible'
    if (draw < 0.057) return 'rostered_off'
    if (draw < 0.06) return 'vouched_for'
    if (!chance(random, traits.absentShare)) return 'present'
    return chance(random, 0.25) ? 'excused_later' : 'absent'
  })
}

/** The network of a whole office is down, about once in four years. */
function isOutage(plan: CityPlan, unitId: string, day: CityDay): boolean {
  return chance(createRandom(plan.seed, 'outage', unitId, day.date), 0.001)
}
