import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { dateIn, instantOf } from '@bina/domain/zone'
import type { CoachingFact, CoachingFold, CoachingItem } from './coaching.ts'
import { coachingFindingsOf } from './coaching-findings.ts'
import { coachingItemOf } from './coaching-item.ts'
import type { KnownEvent } from './known-event.ts'

export interface CoachingInput {
  readonly unitId: string
  /** The events that stand, in order. */
  readonly events: readonly KnownEvent[]
  /** The directory knows the unit on that date. */
  readonly isKnown: (unitId: string, on: PlainDate) => boolean
  readonly zone: string
  readonly nowMs: number
}

/**
 * Sessions, actions, findings, inspections and objections of one unit (readings 26, 36). Of several events that plan, agree or raise the
 * same id the latest says what and by when, the first says since when; of several that hold, do or close it the first counts. What ends
 * a thing that nobody began (an action done that was never agreed) makes no item and is a finding. A date counts once it has ended in the city, so that
 * nobody is behind on the day itself.
 */
export function foldCoaching(input: CoachingInput): CoachingFold {
  const sessions = foldSessions(input)
  const coachOf = new Map(sessions.map(({ itemId, coachUnitId }) => [itemId, coachUnitId]))
  const items = [
    ...sessions,
    ...foldActions(input, coachOf),
    ...foldFindings(input),
    ...foldInspections(input),
    ...foldObjections(input),
  ]
  const [next] = items
    .flatMap(({ kind, dueOn }) => (kind === 'objection' || dueOn === undefined ? [] : [dueOn]))
    .filter((date) => !hasEnded(date, input))
    .sort()
  const findings = coachingFindingsOf({
    unitId: input.unitId,
    ordered: input.events,
    dateOf: (atMs) => dateIn(input.zone, atMs),
    isKnown: input.isKnown,
  })
  return {
    items,
    findings,
    nextChangeAtMs: next === undefined ? undefined : instantOf(input.zone, addDays(next, 1), 0),
  }
}

function foldSessions(input: CoachingInput): readonly CoachingItem[] {
  const planned = byItem(input, 'bina.coaching.planned.v1')
  const held = byItem(input, 'bina.coaching.held.v1')
  const plannedSessions = [...planned].map(([itemId, { first, last }]): CoachingItem => {
    const { coachUnitId, topicCode: code, plannedOn: dueOn } = last.data
    const meeting = held.get(itemId)?.first
    return {
      ...plain(input, 'session', itemId, first.occurredAtMs),
      coachUnitId,
      code,
      dueOn,
      closedAtMs: meeting?.occurredAtMs,
      facts: judged(input, 'K1', dueOn, meeting !== undefined),
    }
  })
  const unplanned = [...held].flatMap(([itemId, { first, last }]): CoachingItem[] => {
    if (planned.has(itemId)) return []
    const { coachUnitId, topicCode: code } = last.data
    const closedAtMs = first.occurredAtMs
    return [{ ...plain(input, 'session', itemId, closedAtMs), coachUnitId, code, closedAtMs }]
  })
  return [...plannedSessions, ...unplanned]
}

function foldActions(input: CoachingInput, coachOf: ReadonlyMap<string, string | undefined>): readonly CoachingItem[] {
  const done = byItem(input, 'bina.coaching.action-done.v1')
  return [...byItem(input, 'bina.coaching.action-agreed.v1')].map(([itemId, { first, last }]) => {
    const { coachingId, actionCode: code, dueOn } = last.data
    const closedAtMs = done.get(itemId)?.first.occurredAtMs
    return {
      ...plain(input, 'action', itemId, first.occurredAtMs),
      coachUnitId: coachingId === undefined ? undefined : coachOf.get(coachingId),
      code,
      dueOn,
      closedAtMs,
      facts: [
        { measure: 'K2', on: dateIn(input.zone, first.occurredAtMs), numerator: 1, denominator: 0 },
        ...judged(input, 'K3', dueOn, inTime(input, closedAtMs, dueOn)),
      ],
    }
  })
}

function foldFindings(input: CoachingInput): readonly CoachingItem[] {
  const closed = byItem(input, 'bina.coaching.finding-closed.v1')
  return [...byItem(input, 'bina.coaching.finding-raised.v1')].map(([itemId, { first, last }]) => {
    const { category: code, raisedFrom, dueOn } = last.data
    const closedAtMs = closed.get(itemId)?.first.occurredAtMs
    return {
      ...plain(input, 'finding', itemId, first.occurredAtMs),
      code,
      raisedFrom,
      dueOn,
      closedAtMs,
      facts: judged(input, 'S13', dueOn, inTime(input, closedAtMs, dueOn)),
    }
  })
}

function foldInspections(input: CoachingInput): readonly CoachingItem[] {
  return [...byItem(input, 'bina.coaching.facility-inspected.v1')].map(([itemId, { last }]) => {
    const { itemsInOrder, itemsChecked, misuse } = last.data
    const on = dateIn(input.zone, last.occurredAtMs)
    return {
      ...plain(input, 'inspection', itemId, last.occurredAtMs),
      code: misuse ? 'misuse' : '',
      facts: [{ measure: 'S14', on, numerator: itemsInOrder, denominator: itemsChecked }],
    }
  })
}

function foldObjections(input: CoachingInput): readonly CoachingItem[] {
  const decided = byItem(input, 'bina.coaching.objection-decided.v1')
  return [...byItem(input, 'bina.coaching.objected.v1')].map(([itemId, { first, last }]) => {
    const decision = decided.get(itemId)?.last
    return {
      ...plain(input, 'objection', itemId, first.occurredAtMs),
      code: last.data.measure ?? '',
      dueOn: last.data.week,
      closedAtMs: decision?.occurredAtMs,
      outcome: decision?.data.outcome ?? '',
    }
  })
}

function plain(input: CoachingInput, kind: CoachingItem['kind'], itemId: string, openedAtMs: number): CoachingItem {
  return {
    kind,
    itemId,
    aboutUnitId: input.unitId,
    coachUnitId: undefined,
    code: '',
    raisedFrom: '',
    openedAtMs,
    dueOn: undefined,
    closedAtMs: undefined,
    outcome: '',
    facts: [],
  }
}

type EventOf<T extends KnownEvent['type']> = Extract<KnownEvent, { readonly type: T }>

/** The first and the last event of a type by the id of what it is about. */
function byItem<const T extends KnownEvent['type']>(
  { events }: CoachingInput,
  type: T,
): ReadonlyMap<string, { readonly first: EventOf<T>; readonly last: EventOf<T> }> {
  const items = new Map<string, { readonly first: EventOf<T>; readonly last: EventOf<T> }>()
  for (const event of events) {
    if (!isOf(event, type)) continue
    const itemId = coachingItemOf(event)?.itemId
    if (itemId !== undefined) items.set(itemId, { first: items.get(itemId)?.first ?? event, last: event })
  }
  return items
}

function isOf<T extends KnownEvent['type']>(event: KnownEvent, type: T): event is EventOf<T> {
  return event.type === type
}

const hasEnded = (date: PlainDate, { zone, nowMs }: CoachingInput) => date < dateIn(zone, nowMs)

function judged(
  input: CoachingInput,
  measure: CoachingFact['measure'],
  on: PlainDate,
  success: boolean,
): readonly CoachingFact[] {
  return hasEnded(on, input) ? [{ measure, on, numerator: success ? 1 : 0, denominator: 1 }] : []
}

function inTime({ zone }: CoachingInput, atMs: number | undefined, dueOn: PlainDate): boolean {
  return atMs !== undefined && dateIn(zone, atMs) <= dueOn
}
