import type { CityPlan } from './city-plan.ts'
import type { CityDay } from './day-book.ts'
import type { Tell } from './event-maker.ts'
import { type DayTruth, personWeek } from './person-week.ts'
import type { Posting } from './plan-postings.ts'
import { chance, createRandom, pick, type Random, uniform, wholeBelow } from './random.ts'
import { traitsOf } from './unit-traits.ts'

const minuteMs = 60_000

/** How often somebody with that day is found, when the call itself goes well. */
const foundShare: Readonly<Record<DayTruth, number>> = {
  off: 0,
  rostered_off: 0,
  outage: 0.9,
  leave: 0,
  duty: 0.85,
  flexible: 0.85,
  present: 0.94,
  vouched_for: 0.9,
  absent: 0.02,
  excused_later: 0.02,
}

/**
 * Tells a week's random checks by video or visit: about as many on every working day, persons drawn at random in units
 * drawn in rotation.
 */
export function tellSpotChecks(
  plan: CityPlan,
  tell: Tell,
  postings: ReadonlyMap<string, readonly Posting[]>,
  days: readonly CityDay[],
  week: number,
): void {
  const monday = days[0]?.date ?? ''
  const random = createRandom(plan.seed, 'checks', monday)
  const workdays = days.filter((day) => day.shift !== undefined)
  const slots = Math.floor((plan.checksPerWeek * workdays.length) / 5 + uniform(random))
  for (let slot = 0; slot < slots; slot += 1) {
    const day = pick(random, workdays)
    // Seven slots of ten go round all units in turn; the rest may call the unit of yesterday again.
    const turn = Math.floor(week * plan.checksPerWeek * 0.7 + slot) % plan.servingUnits.length
    const unit = chance(random, 0.7) ? plan.servingUnits[turn] : pick(random, plan.servingUnits)
    const staff =
      (unit &&
        postings.get(unit.unitId)?.filter((person) => day.index >= person.fromDay && day.index <= person.toDay)) ??
      []
    if (unit === undefined || staff.length === 0 || day.shift === undefined) continue
    const posting = pick(random, staff)
    const truth = personWeek(plan, posting, traitsOf(plan, unit, week + 1), days)[days.indexOf(day)] ?? 'off'
    const checkId = `check-${day.date}-${slot}`
    const span = Math.floor((day.shift.endMs - day.shift.startMs) / minuteMs) - 60
    tell(checkId, day.shift.startMs + (30 + wholeBelow(random, span)) * minuteMs + wholeBelow(random, 60) * 1_000, {
      type: 'bina.attendance.spot-checked.v1',
      subject: unit.unitId,
      data: {
        unitId: unit.unitId,
        personKey: posting.personKey,
        checkId,
        drawId: `draw-${monday}`,
        inclusionProbability: chanceOf(plan, staff.length),
        medium: chance(random, 0.85) ? 'video' : 'visit',
        outcome: outcomeOf(random, truth),
      },
    })
  }
}

/** The chance of one person to be called in a week, as near as a rotation has one. */
function chanceOf(plan: CityPlan, staff: number): number {
  return Math.max(0.000_001, Math.min(1, Number((plan.checksPerWeek / plan.servingUnits.length / staff).toFixed(6))))
}

function outcomeOf(random: Random, truth: DayTruth): 'confirmed' | 'not_found' | 'unreachable' | 'invalid' {
  if (chance(random, 0.03)) return 'invalid'
  if (chance(random, foundShare[truth])) return 'confirmed'
  return chance(random, 0.6) ? 'not_found' : 'unreachable'
}
