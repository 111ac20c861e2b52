import { addDays } from '@bina/domain/plain-date'
import type { CityPlan } from './city-plan.ts'
import type { CityDay } from './day-book.ts'
import type { Tell } from './event-maker.ts'
import type { CityUnit } from './palembang.ts'
import { chance, createRandom, pick, type Random, wholeBelow } from './random.ts'
import { firstWeekOf, storyLines } from './story-lines.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const topics = ['courtesy', 'clear_requirements', 'timeliness', 'attendance', 'facilities'] as const
const actions = ['post_requirements', 'greet_first', 'open_on_time', 'call_back', 'repair_counter'] as const
const weeksBetweenSessions = 8
const weeksBetweenInspections = 13

/**
 * Tells a unit's coaching of one week (from 0): sessions planned and held, actions agreed and done, its facilities
 * inspected.
 */
export function tellCoachingWeek(
  plan: CityPlan,
  tell: Tell,
  unit: CityUnit,
  days: readonly CityDay[],
  week: number,
): void {
  const offset = createRandom(plan.seed, 'waves', unit.unitId)
  const sessionWeek = wholeBelow(offset, weeksBetweenSessions)
  const inspectionWeek = wholeBelow(offset, weeksBetweenInspections)
  const random = createRandom(plan.seed, 'coaching', unit.unitId, days[0]?.date ?? '')
  const story = storyLines.find((line) => line.kind === 'coaching_helped' && line.unitId === unit.unitId)
  const sure = story !== undefined && firstWeekOf(story, plan.weeks) === week + 1
  // The unit of the story is coached in its week and in no other, so that what follows has one cause.
  if (story === undefined ? week % weeksBetweenSessions === sessionWeek : sure)
    tellSession(tell, unit, days, random, sure)
  if (week % weeksBetweenInspections === inspectionWeek) tellInspection(tell, unit, days, random)
}

function workingMoment(
  days: readonly CityDay[],
  random: Random,
): { readonly day: CityDay; readonly atMs: number } | undefined {
  const workdays = days.filter((day) => day.shift !== undefined)
  if (workdays.length === 0) return undefined
  const day = pick(random, workdays)
  return { day, atMs: (day.shift?.startMs ?? day.startMs) + (60 + wholeBelow(random, 180)) * minuteMs }
}

function tellSession(tell: Tell, unit: CityUnit, days: readonly CityDay[], random: Random, sure: boolean): void {
  const monday = days[0]
  const session = workingMoment(days, random)
  if (monday === undefined || session === undefined || unit.parentUnitId === undefined) return
  const { unitId, parentUnitId: coachUnitId } = unit
  const coachingId = `coaching-${monday.date}-${unitId}`
  const topicCode = sure ? 'courtesy' : pick(random, topics)
  const data = { coachingId, unitId, coachUnitId, topicCode }
  tell(`planned-${coachingId}`, monday.startMs + (7 * 60 + wholeBelow(random, 25)) * minuteMs, {
    type: 'bina.coaching.planned.v1',
    subject: unitId,
    data: { ...data, plannedOn: session.day.date },
  })
  if (!sure && !chance(random, 0.85)) return
  const heldMs = session.atMs + (!sure && chance(random, 0.1) ? 7 * dayMs : 0)
  tell(`held-${coachingId}`, heldMs, { type: 'bina.coaching.held.v1', subject: unitId, data })
  if (!sure && !chance(random, 0.7)) return
  const actionId = `action-${monday.date}-${unitId}`
  const dueOn = addDays(session.day.date, 14 + wholeBelow(random, 14))
  tell(`agreed-${actionId}`, heldMs + 30 * minuteMs, {
    type: 'bina.coaching.action-agreed.v1',
    subject: unitId,
    data: { actionId, unitId, coachingId, actionCode: sure ? 'greet_first' : pick(random, actions), dueOn },
  })
  if (!sure && !chance(random, 0.75)) return
  // Mostly in time, sometimes a week after the date.
  const doneMs = heldMs + (sure ? 3 : 3 + wholeBelow(random, 25)) * dayMs
  tell(`done-${actionId}`, doneMs, {
    type: 'bina.coaching.action-done.v1',
    subject: unitId,
    data: { actionId, unitId },
  })
}

function tellInspection(tell: Tell, unit: CityUnit, days: readonly CityDay[], random: Random): void {
  const moment = workingMoment(days, random)
  if (moment === undefined) return
  const itemsChecked = 10 + wholeBelow(random, 11)
  const itemsInOrder = Array.from({ length: itemsChecked }, () => chance(random, 0.88)).filter(Boolean).length
  const inspectionId = `inspection-${moment.day.date}-${unit.unitId}`
  tell(inspectionId, moment.atMs, {
    type: 'bina.coaching.facility-inspected.v1',
    subject: unit.unitId,
    data: { inspectionId, unitId: unit.unitId, itemsChecked, itemsInOrder, misuse: chance(random, 0.03) },
  })
}
