import type { Shift } from '@bina/domain/calendar'
import type { CityPlan } from './city-plan.ts'
import type { CityDay } from './day-book.ts'
import type { Tell } from './event-maker.ts'
import type { Posting } from './plan-postings.ts'
import { chance, createRandom, exponential, type Random, wholeBelow } from './random.ts'
import type { UnitTraits } from './unit-traits.ts'

const minuteMs = 60_000

type Method = 'device' | 'app' | 'manual'

interface DayAtWork {
  readonly plan: CityPlan
  readonly tell: Tell
  readonly random: Random
  readonly posting: Posting
  readonly day: CityDay
}

interface WorkedDay extends DayAtWork {
  readonly shift: Shift
  readonly traits: UnitTraits
  readonly lateFactor: number
  readonly onlyIn?: boolean
}

interface StrayDay extends DayAtWork {
  readonly shift: undefined
}

/** Tells a day's clock records, and says by how many whole minutes the person was late. */
export function tellPunches(work: WorkedDay | StrayDay): number {
  const { random, posting, day } = work
  const usualMethod: Method = chance(random, 0.85) ? 'device' : 'app'
  let n = 0
  const punch = (kind: 'in' | 'out', atMs: number) => {
    n += 1
    const broken = chance(random, 0.015)
    work.tell(`clock-${posting.personKey}-${day.date}-${n}`, atMs, {
      type: 'bina.attendance.recorded.v1',
      subject: posting.unitId,
      data: {
        unitId: posting.unitId,
        personKey: posting.personKey,
        workDate: day.date,
        kind,
        method: broken ? 'manual' : usualMethod,
        ...(broken ? { deviceOk: false } : {}),
      },
    })
  }

  if (work.shift === undefined) {
    punch('in', day.startMs + (8 * 60 + wholeBelow(random, 120)) * minuteMs)
    return 0
  }
  const { shift, traits } = work
  const lateMs = lateBy(work)
  const inMs = shift.startMs + lateMs
  const lateMinutes = Math.max(0, Math.floor(lateMs / minuteMs))
  punch('in', inMs)
  // The finger is read twice.
  if (chance(random, 0.015)) punch('in', inMs + (5 + wholeBelow(random, 120)) * 1_000)
  if (work.onlyIn === true || chance(random, 0.025)) return lateMinutes
  if (chance(random, 0.02)) {
    punch('out', shift.breakStartMs + wholeBelow(random, 10) * minuteMs)
    punch('in', shift.breakEndMs - wholeBelow(random, 10) * minuteMs)
  }
  punch('out', Math.max(inMs + minuteMs, shift.endMs + leavesAfterTheEnd(random, traits, lateMinutes)))
  return lateMinutes
}

/** Milliseconds after the shift's start, negative when in time. */
function lateBy(work: WorkedDay): number {
  const { plan, random, day, traits, lateFactor } = work
  // Rain and floods make a whole city late together, so lateness is not independent from person to person.
  const rain = chance(createRandom(plan.seed, 'rain', day.date), 0.07) ? 2.5 : 1
  if (chance(random, Math.min(0.9, traits.lateShare * lateFactor * rain))) {
    return Math.min(240, 1 + exponential(random, chance(random, 0.06) ? 70 : 13)) * minuteMs
  }
  // The second in which work begins is in time, and is where rounding errors show.
  return chance(random, 0.02) ? 0 : -Math.min(75, 0.5 + exponential(random, 11)) * minuteMs
}

function leavesAfterTheEnd(random: Random, traits: UnitTraits, lateMinutes: number): number {
  const makesUp = lateMinutes > 0 && lateMinutes <= 30 && chance(random, 0.35)
  if (makesUp) return (lateMinutes + (chance(random, 0.1) ? 0 : exponential(random, 8))) * minuteMs
  if (chance(random, traits.earlyShare)) return -Math.min(300, 1 + exponential(random, 28)) * minuteMs
  return chance(random, 0.02) ? 0 : Math.min(180, exponential(random, 11)) * minuteMs
}
