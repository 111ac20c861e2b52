import { addDays, daysBetween, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { coachingEntity } from '../fold/entity.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import { chunks, readEntities } from '../score/read-entities.ts'

/** When a unit was coached, and which actions it took up, as weeks by their Mondays. */
export interface CoachedWeeks {
  readonly unitId: string
  /** Of its first session held; undefined while there was none. */
  readonly first: PlainDate | undefined
  /** Of the first agreement on each action, by its code. */
  readonly actions: ReadonlyMap<string, PlainDate>
}

const atOnce = 2_000

/** Read from the events that stand: what was withdrawn or superseded never was. */
export async function readCoachedWeeks(log: EntityLog, zone: string): Promise<readonly CoachedWeeks[]> {
  const found: CoachedWeeks[] = []
  for (const some of chunks(await log.entitiesOfKind('coaching'), atOnce)) {
    const { byEntity } = await readEntities(log, some)
    for (const [entity, { live }] of byEntity) {
      let first: PlainDate | undefined
      const actions = new Map<string, PlainDate>()
      for (const event of live) {
        const week = mondayOf(dateIn(zone, event.occurredAtMs))
        if (event.type === 'bina.coaching.held.v1') first = earlier(first, week)
        if (event.type === 'bina.coaching.action-agreed.v1')
          actions.set(event.data.actionCode, earlier(actions.get(event.data.actionCode), week))
      }
      found.push({ unitId: entity.slice(coachingEntity('').length), first, actions })
    }
  }
  return found
}

const earlier = (a: PlainDate | undefined, b: PlainDate) => (a === undefined || b < a ? b : a)

/** How many whole weeks lie between two Mondays. */
export const weeksBetween = (from: PlainDate, to: PlainDate) => Math.round(daysBetween(from, to) / 7)

/** The share of a week's days that lie in Ramadan. */
export function ramadanShare(
  monday: PlainDate,
  spans: readonly { readonly validFrom: PlainDate; readonly validTo?: PlainDate | undefined }[],
): number {
  const days = Array.from({ length: 7 }, (_, at) => addDays(monday, at))
  const inside = (day: PlainDate) =>
    spans.some(({ validFrom, validTo }) => validFrom <= day && (validTo === undefined || day <= validTo))
  return days.filter(inside).length / 7
}
