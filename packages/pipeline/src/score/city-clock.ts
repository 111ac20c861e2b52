import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { dayEntity, parseEntity } from '../fold/entity.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import type { FoldedStore } from '../ports/folded-store.ts'
import type { TouchPublisher } from '../ports/touch-publisher.ts'
import type { UnitFacts } from '../ports/unit-facts.ts'
import { chunks } from './read-entities.ts'

export interface CityClockDeps {
  readonly entityLog: Pick<EntityLog, 'entitiesOfKind'>
  readonly store: Pick<FoldedStore, 'pendingUntil' | 'clockMark' | 'setClockMark'>
  readonly facts: Pick<UnitFacts, 'allUnits'>
  readonly touches: TouchPublisher
  readonly clock: () => number
}

/** Names how far the ends of days were published. */
export const dayEndMark = 'day_end'
const atOnce = 5_000
const finalAfterWeeks = 3 // a week is final 14 days after its cut-off, which is its own Monday and three weeks

/** Time touches as well: publishes the entities whose instant has come, the ends of days (so that absences come to exist)
 *  and of weeks. Ticking twice, or in two places, publishes the same touches again, which changes nothing. */
export function createCityClock(config: { readonly zone: string }, deps: CityClockDeps): () => Promise<void> {
  const endDay = async (date: string) => {
    const people = await deps.entityLog.entitiesOfKind('staff')
    for (const some of chunks(people, atOnce)) {
      const entities = some.flatMap((entity) => {
        const parts = parseEntity(entity)
        return parts?.kind === 'staff' ? [dayEntity(parts.personKey, date)] : []
      })
      await deps.touches.touch({ entities, revised: [] })
    }
  }
  const beginWeek = async (week: string) => {
    const units = await deps.facts.allUnits()
    await deps.touches.touchUnits(
      units.map((unitId) => ({ unitId, fromWeek: addDays(week, -7 * finalAfterWeeks), toWeek: week })),
    )
  }
  return async () => {
    const nowMs = deps.clock()
    await deps.touches.touch({ entities: await deps.store.pendingUntil(nowMs, atOnce), revised: [] })
    const today = dateIn(config.zone, nowMs)
    const yesterday = addDays(today, -1)
    // What ended before the first tick is folded with its roster's first event.
    const done = (await deps.store.clockMark(dayEndMark)) ?? addDays(yesterday, -1)
    for (let date = addDays(done, 1); date <= yesterday; date = addDays(date, 1)) {
      await endDay(date)
      const next = addDays(date, 1)
      if (mondayOf(next) === next) await beginWeek(next)
      await deps.store.setClockMark(dayEndMark, date)
    }
  }
}
