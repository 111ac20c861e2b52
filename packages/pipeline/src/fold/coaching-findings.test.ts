import { describe, expect, it } from 'vitest'
import { foldCoaching } from './fold-coaching.ts'
import type { KnownEvent } from './known-event.ts'
import { at, zone } from './test-city.ts'
import { event } from './test-events.ts'

const agreed = (wallTime: string) =>
  event('bina.coaching.action-agreed.v1', wallTime, {
    ...{ actionId: 'a-1', unitId: 'A', actionCode: 'greet_first', dueOn: '2026-07-20' },
  })
const done = (wallTime: string) => event('bina.coaching.action-done.v1', wallTime, { actionId: 'a-1', unitId: 'A' })
const closed = event('bina.coaching.finding-closed.v1', '2026-07-08 09:00', { findingId: 'f-1', unitId: 'A' })
const decided = event('bina.coaching.objection-decided.v1', '2026-07-09 09:00', {
  ...{ objectionId: 'o-1', unitId: 'A', week: '2026-06-29', outcome: 'upheld' },
})
const planned = event('bina.coaching.planned.v1', '2026-07-06 07:30', {
  ...{ coachingId: 'k-1', unitId: 'A', coachUnitId: 'K', topicCode: 'courtesy', plannedOn: '2026-07-08' },
})

const fold = (events: readonly KnownEvent[], known: readonly string[] = ['A', 'K']) =>
  foldCoaching({
    unitId: 'A',
    events,
    isKnown: (unitId) => known.includes(unitId),
    zone,
    nowMs: at('2026-08-01'),
  })
const told = (events: readonly KnownEvent[], known?: readonly string[]) =>
  fold(events, known).findings.map(({ kind, unitId, on }) => `${kind} ${unitId} ${on}`)

describe('what cannot be right in a unit’s coaching', () => {
  it('is nothing where what was agreed is done', () => {
    expect(told([agreed('2026-07-06 08:00'), done('2026-07-07 08:00'), planned])).toEqual([])
  })

  it('an action done that was never agreed counts nowhere until it is', () => {
    expect(told([done('2026-07-07 08:00')])).toEqual(['done_without_agreement A 2026-07-07'])
    expect(fold([done('2026-07-07 08:00')]).items).toEqual([])
  })

  it('a finding closed that was never raised, and an objection decided that was never made, make no item', () => {
    expect(told([closed, decided])).toEqual([
      'closed_without_finding A 2026-07-08',
      'decided_without_objection A 2026-07-09',
    ])
    expect(fold([closed, decided]).items).toEqual([])
  })

  it('an action done before it was agreed counts as done', () => {
    const early = [done('2026-07-05 08:00'), agreed('2026-07-06 08:00')]
    expect(told(early)).toEqual(['done_before_agreement A 2026-07-05'])
    expect(fold(early).items[0]?.facts).toContainEqual({
      ...{ measure: 'K3', on: '2026-07-20', numerator: 1, denominator: 1 },
    })
  })

  it('a unit and a coach that the directory does not know are found once each, and coached all the same', () => {
    expect(told([planned, agreed('2026-07-07 08:00')], [])).toEqual([
      'unknown_unit A 2026-07-06',
      'unknown_unit K 2026-07-06',
    ])
    expect(fold([planned], []).items).toEqual(fold([planned]).items)
  })
})
