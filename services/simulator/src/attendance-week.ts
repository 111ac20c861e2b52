import type { EventContent } from '@bina/events/service-event'
import type { CityPlan } from './city-plan.ts'
import type { CityDay } from './day-book.ts'
import type { Tell } from './event-maker.ts'
import { personWeek } from './person-week.ts'
import type { Posting } from './plan-postings.ts'
import { tellPunches } from './punches.ts'
import { chance, createRandom, normal, type Random, wholeBelow } from './random.ts'
import type { UnitTraits } from './unit-traits.ts'

type StatusData = Extract<EventContent, { type: 'bina.attendance.status-set.v1' }>['data']

const minuteMs = 60_000

/**
 * Tells one person's week at one unit: clock records, statuses before and after the fact, and now and then a stray
 * record on a Saturday.
 */
export function tellAttendanceWeek(
  plan: CityPlan,
  tell: Tell,
  posting: Posting,
  traits: UnitTraits,
  days: readonly CityDay[],
): void {
  const random = createRandom(plan.seed, 'clock', posting.personKey, days[0]?.date ?? '')
  // Some people are late often, most hardly ever.
  const lateFactor = Math.exp(normal(createRandom(plan.seed, 'habit', posting.personKey), -0.15, 0.55))
  const truths = personWeek(plan, posting, traits, days)
  for (const [index, day] of days.entries()) {
    if (day.index < posting.fromDay || day.index > posting.toDay) continue
    const { shift } = day
    if (shift === undefined) {
      if (chance(random, 0.0005)) tellPunches({ plan, tell, random, posting, day, shift: undefined })
      continue
    }
    const punches = { plan, tell, random, posting, day, shift, traits, lateFactor }
    const status = (n: number, atMs: number, data: Pick<StatusData, 'status' | 'setBy'> & Partial<StatusData>) =>
      tell(`status-${posting.personKey}-${day.date}-${n}`, atMs, {
        type: 'bina.attendance.status-set.v1',
        subject: posting.unitId,
        data: { unitId: posting.unitId, personKey: posting.personKey, workDate: day.date, ...data },
      })
    const beforeWorkMs = shift.startMs - (5 + wholeBelow(random, 80)) * minuteMs - wholeBelow(random, 60) * 1_000
    const truth = truths[index] ?? 'off'
    switch (truth) {
      case 'off':
        break
      case 'rostered_off':
        status(1, beforeWorkMs, { status: 'not_scheduled', setBy: 'unit' })
        break
      case 'outage':
        status(1, shift.startMs + (30 + wholeBelow(random, 300)) * minuteMs, { status: 'outage', setBy: 'city' })
        break
      case 'leave':
        tellExcuse(plan, random, day, beforeWorkMs, (atMs) =>
          status(1, atMs, { status: 'excused_leave', setBy: 'unit' }),
        )
        break
      case 'duty':
        status(1, beforeWorkMs, { status: 'official_duty', setBy: 'unit' })
        if (chance(random, 0.25)) tellPunches({ ...punches, onlyIn: true })
        break
      case 'flexible':
        status(1, beforeWorkMs, { status: 'flexible_work', setBy: 'unit' })
        if (chance(random, 0.8)) tellPunches(punches)
        break
      case 'vouched_for':
        status(1, shift.endMs + wholeBelow(random, 200) * minuteMs, { status: 'present', setBy: 'unit' })
        break
      case 'present': {
        const lateMinutes = tellPunches(punches)
        if (lateMinutes > 0 && chance(random, 0.04))
          status(1, shift.endMs + wholeBelow(random, 90) * minuteMs, {
            status: 'present',
            lateMinutes,
            lateExcused: true,
            setBy: 'unit',
          })
        // A unit may not declare an outage for itself; some try.
        else if (chance(random, 0.0005)) status(1, shift.endMs, { status: 'outage', setBy: 'unit' })
        break
      }
      case 'absent': {
        const next = plan.dayBook.workingDayAfter(day, 1)
        if (next !== undefined && chance(random, 0.3))
          status(1, next.startMs + 9 * 60 * minuteMs + wholeBelow(random, 120) * minuteMs, {
            status: 'unexcused',
            setBy: 'unit',
          })
        break
      }
      case 'excused_later': {
        const later = laterThan(plan, random, day)
        if (later !== undefined)
          status(1, later, { status: chance(random, 0.7) ? 'excused_leave' : 'official_duty', setBy: 'unit' })
        break
      }
      default:
        truth satisfies never
    }
  }
}

/** Leave is mostly told beforehand; where much is granted, some of it is granted backwards. */
function tellExcuse(
  plan: CityPlan,
  random: Random,
  day: CityDay,
  beforeWorkMs: number,
  say: (atMs: number) => void,
): void {
  const later = chance(random, 0.08) ? laterThan(plan, random, day) : undefined
  say(later ?? beforeWorkMs)
}

/** One to eight working days after the day; some at the very close of the third, where a paper stops being in time. */
function laterThan(plan: CityPlan, random: Random, day: CityDay): number | undefined {
  const atTheLimit = chance(random, 0.05)
  const shift = plan.dayBook.workingDayAfter(day, atTheLimit ? 3 : 1 + wholeBelow(random, 8))?.shift
  if (shift === undefined) return undefined
  return atTheLimit ? shift.endMs : shift.startMs + wholeBelow(random, 400) * minuteMs + wholeBelow(random, 60) * 1_000
}
