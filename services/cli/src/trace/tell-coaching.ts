import type { PlainDate } from '@bina/domain/plain-date'
import { isoWeekName } from '@bina/domain/week'
import { localTime } from '../local-time.ts'
import { printable } from '../printable.ts'
import type { Moved } from './trace-result.ts'

type Coaching = Extract<Moved, { readonly what: 'coaching' }>

/** A session, action, finding, inspection or objection as it stands. */
export function coachingLine(item: Coaching, city: { readonly zone: string; readonly isUnderWay: boolean }): string {
  const { kind, itemId, aboutUnitId, known, row } = item
  const unit = known === undefined ? aboutUnitId : `${aboutUnitId} (${known.name})`
  const name = `The ${kind} ${printable(itemId)} of ${unit}`
  if (row === undefined)
    return city.isUnderWay
      ? `${name} is not worked out yet.`
      : `${name}: nothing came of it, no event that stands begins it.`
  const { dueOn, openedMs, closedMs, outcome, coachUnitId } = row
  const at = (ms: number) => localTime(city.zone, ms)
  const ended = (how: string) => (closedMs === null ? `not ${how} yet` : `${how} ${at(closedMs)}`)
  const coached = coachUnitId === '' ? '' : `, coached by ${coachUnitId}`
  switch (kind) {
    case 'session':
      return `${name}${coached}: ${dueOn === null ? 'never planned' : `planned for ${dueOn}`}, ${ended('held')}.`
    case 'action':
      return `${name}${coached}: due on ${dueOn}, ${ended('done')}.`
    case 'finding':
      return `${name}: due on ${dueOn}, ${ended('closed')}.`
    case 'inspection':
      return `${name}: ${at(openedMs)}.`
    case 'objection':
      return `${name} to ${dueOn === null ? 'a week' : isoWeekName(dueOn)}: ${closedMs === null ? 'not decided yet' : `${outcome} ${at(closedMs)}`}.`
    default:
      return kind satisfies never
  }
}

/** Why nothing, or not all of it, counts (yet). */
export function coachingWaits({ kind, row, units }: Coaching, today: PlainDate): readonly string[] {
  if (row === undefined) return []
  if (kind === 'objection') return ['  No figure counts an objection; whoever decides it sees it.']
  if (row.dueOn !== null && row.dueOn >= today)
    return [`  Whether it is kept counts once ${row.dueOn} has ended in the city: nobody is behind on the day itself.`]
  return units.length === 0 ? ['  No figure counts it: only what was planned can be held.'] : []
}
