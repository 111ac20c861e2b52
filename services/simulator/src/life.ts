import type { EventContent } from '@bina/events/service-event'
import { type CityPlan, cityProfile } from './city-plan.ts'
import type { Tell } from './event-maker.ts'
import type { CityUnit } from './palembang.ts'
import { createRandom, type Random, wholeBelow } from './random.ts'
import { traitsOf, type UnitTraits } from './unit-traits.ts'

export type SlaClass = Extract<EventContent, { type: 'bina.complaint.received.v1' }>['data']['slaClass']

/** One complaint on its way through the city. */
export interface Life {
  readonly plan: CityPlan
  readonly tell: Tell
  readonly complaintId: string
  /** A complaint of the same unit received before this one: what a duplicate is merged into. */
  readonly earlierId: string | undefined
  readonly receivedMs: number
  readonly kind: 'complaint' | 'suggestion' | 'information_request'
  readonly slaClass: SlaClass
  /** The unit that has to answer. */
  readonly unit: CityUnit
}

/** Working minutes of a usual day: 37.5 hours a week (Perpres 21/2023). */
export const workdayMinutes = 450

/** Each part of a life draws on its own, so that switching one part off leaves the others as they were. */
export function drawFor(life: Life, part: string): Random {
  return createRandom(life.plan.seed, part, life.complaintId)
}

/** So many working minutes later, at some second of that minute. */
export function workLater(life: Life, random: Random, fromMs: number, minutes: number): number {
  const laterMs = life.plan.calendar.instantAfterWorkingMinutes(cityProfile, fromMs, Math.max(1, Math.round(minutes)))
  return laterMs + wholeBelow(random, 60) * 1_000
}

/** How the unit is at that instant. */
export function traitsAt(life: Life, unit: CityUnit, instantMs: number): UnitTraits {
  return traitsOf(life.plan, unit, Math.floor((instantMs - life.plan.dayBook.startMs) / (7 * 86_400_000)) + 1)
}
