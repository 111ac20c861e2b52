import { dateIn } from '@bina/domain/zone'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Complaint, ComplaintFold, UnitShare } from './complaint.ts'
import { compareEvents } from './event-order.ts'
import type { KnownEvent } from './known-event.ts'
import { at, calendar, zone } from './test-city.ts'
import { fold, rowOf } from './test-complaint.ts'
import {
  assigned,
  audited,
  excluded,
  rated,
  received,
  reopened,
  resolved,
  responded,
  resumed,
  verified,
  waiting,
} from './test-events.ts'

// Lives that no city would see, to find what the folds hold to whatever happens.

const MINUTE = 60_000
const receivedAt = at('2026-07-06 10:00')

const wallTime = fc.tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 1439 })).map(([day, minute]) => {
  const date = new Date(Date.UTC(2026, 6, day)).toISOString().slice(0, 10)
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
})
const unitId = fc.constantFrom('A', 'B', 'C')
const ruling = fc.constantFrom('unit' as const, 'coordinator' as const)
const outcome = fc.constantFrom('fixed' as const, 'answered' as const, 'closed_silent' as const)

const act = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(wallTime, unitId, ruling).map((args) => assigned(...args)) },
  { weight: 2, arbitrary: fc.tuple(wallTime, unitId, fc.boolean()).map((args) => responded(...args)) },
  { weight: 3, arbitrary: fc.tuple(wallTime, unitId, outcome).map((args) => resolved(...args)) },
  { weight: 2, arbitrary: wallTime.map((when) => reopened(when)) },
  { weight: 2, arbitrary: fc.tuple(wallTime, fc.boolean()).map((args) => waiting(...args)) },
  { weight: 2, arbitrary: wallTime.map(resumed) },
  { weight: 1, arbitrary: wallTime.map((when) => excluded(when, 'invalid', 'unit')) },
  { weight: 1, arbitrary: wallTime.map((when) => verified(when, { slaClass: 'ordinary' })) },
  { weight: 1, arbitrary: wallTime.map((when) => audited(when, { unitId: 'A' })) },
  {
    weight: 1,
    arbitrary: fc.tuple(wallTime, unitId).map(([when, unit]) => rated(when, unit, { time: 3, conduct: 2 })),
  },
)
const exclusion = wallTime.map((when) => excluded(when, 'invalid'))

/** Ids are made unique, and the receipt is always there. */
const life = fc
  .tuple(fc.array(act, { maxLength: 10 }), fc.option(exclusion, { nil: undefined, freq: 5 }))
  .map(([acts, last]) => [received('2026-07-06 10:00'), ...acts, ...(last === undefined ? [] : [last])])
  .map((events): readonly KnownEvent[] => events.map((known, index) => ({ ...known, id: `e${index}` })))
const now = fc.integer({ min: at('2026-07-01'), max: at('2026-11-01') })

function successesOf({ shares, citizen }: Complaint): ReadonlySet<string> {
  const successes = [
    ...shares.map((share) => ({ ...share, name: share.unitId })),
    { ...citizen, name: 'city' },
  ].flatMap(({ name, responseOnTime, resolutionSustained }) => [
    ...(responseOnTime ? [`${name} response`] : []),
    ...(resolutionSustained ? [`${name} resolution`] : []),
  ])
  return new Set(successes)
}

describe('any complaint', () => {
  it('folds to the same in whatever order and however often its events come', () => {
    const toldAnyhow = life.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }), now),
    )
    fc.assert(
      fc.property(toldAnyhow, ([events, anyhow, nowMs]) => {
        expect(fold(anyhow, { nowMs })).toEqual(fold(events, { nowMs }))
      }),
      { numRuns: 300 },
    )
  })

  it('does not change before the instant that it names, but for minutes that run on', () => {
    // Those of S7 run on as well where the clock of the system that told of the resolution is fast.
    const durationOf = (share: UnitShare, { resolvedAtMs }: Complaint, nowMs: number) =>
      share.duration !== undefined && resolvedAtMs !== undefined && resolvedAtMs > nowMs
        ? { ...share.duration, minutes: 0 }
        : share.duration
    const steady = ({ row, ...rest }: ComplaintFold, nowMs: number) => ({
      ...rest,
      row: row && {
        ...row,
        custodies: row.custodies.map((custody) => ({ ...custody, workingMinutes: 0 })),
        shares: row.shares.map((share) => ({ ...share, duration: durationOf(share, row, nowMs) })),
      },
    })
    fc.assert(
      fc.property(life, now, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (events, nowMs, part) => {
        const before = fold(events, { nowMs })
        const until = before.nextChangeAtMs ?? nowMs + 400 * 86_400_000
        expect(until).toBeGreaterThan(nowMs)
        const later = nowMs + Math.floor((until - nowMs) * part)
        expect(steady(fold(events, { nowMs: later }), nowMs)).toEqual(steady(before, nowMs))
      }),
      { numRuns: 500 },
    )
  }, 30_000)

  it('never turns a success into a failure by an earlier or a further response', () => {
    fc.assert(
      fc.property(life, wallTime, now, (events, when, nowMs) => {
        const before = successesOf(rowOf(events, { nowMs }))
        const after = successesOf(rowOf([...events, { ...responded(when), id: 'one more' }], { nowMs }))
        for (const success of before) expect(after).toContain(success)
      }),
      { numRuns: 500 },
    )
  })

  it('asks each unit once, and only what is due', () => {
    fc.assert(
      fc.property(life, now, (events, nowMs) => {
        const { shares } = rowOf(events, { nowMs })
        expect(new Set(shares.map((share) => share.unitId)).size).toBe(shares.length)
        for (const share of shares) {
          expect(share.responseDueMs ?? nowMs).toBeLessThanOrEqual(nowMs)
          expect(share.resolutionDueMs ?? nowMs).toBeLessThanOrEqual(nowMs)
          if (share.responseDueMs === undefined) expect(share.responseOnTime).toBe(false)
          if (share.resolutionDueMs === undefined) expect(share.resolutionSustained).toBe(false)
        }
      }),
    )
  })

  it('has one holder from its first assignment on', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: at('2026-07-01'), max: at('2026-12-01') }), (events, instantMs) => {
        const row = rowOf(events)
        fc.pre(row.excludedReason === '')
        const holders = row.shares.filter(({ backlog }) =>
          backlog.some(({ fromMs, toMs }) => fromMs <= instantMs && (toMs === undefined || instantMs < toMs)),
        )
        const begins = Math.min(...row.custodies.map(({ fromMs }) => fromMs))
        expect(holders.length).toBe(instantMs >= begins ? 1 : 0)
      }),
      { numRuns: 300 },
    )
  })

  it('has minutes that a walk over every minute counts too', () => {
    const nowMs = at('2026-10-01')
    fc.assert(
      fc.property(life, (events) => {
        const minutes = runningMinutes(events)
        for (const custody of rowOf(events, { nowMs }).custodies) {
          const own = minutes.filter((moment) => custody.fromMs <= moment && moment < (custody.toMs ?? nowMs))
          expect(custody.workingMinutes).toBe(own.length)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('gives every custody at least three working days and never less than the citizen’s due', () => {
    fc.assert(
      fc.property(life, (events) => {
        const { custodies, dueMs, responseDueMs } = rowOf(events)
        for (const custody of custodies) {
          expect(custody.ownDueMs).toBeGreaterThanOrEqual(dueMs)
          expect(custody.ownResponseDueMs).toBeGreaterThanOrEqual(responseDueMs)
          expect(custody.budgetMinutes).toBeGreaterThanOrEqual(3 * 450)
        }
        if (custodies.length > 0) expect(dueMs).toBeGreaterThan(receivedAt)
      }),
    )
  })
})

const minutesAtWork = Array.from({ length: 93 * 1440 }, (_, index) => at('2026-07-01') + index * MINUTE).filter(
  (moment) => calendar.workingMinutes('office_5d', moment, moment + MINUTE) === 1,
)

/** The working minutes in which nothing stops the clock, found by living through them one by one. */
function runningMinutes(events: readonly KnownEvent[]): readonly number[] {
  const coming = [...events].sort(compareEvents)
  let waitingUntilMs = 0
  let isClosed = false
  let isExcluded = false
  let resolvedAtMs = 0
  const happen = (known: KnownEvent) => {
    const atMs = known.occurredAtMs
    if (known.type === 'bina.complaint.waiting.v1' && known.data.contactLogged && !isClosed && atMs >= waitingUntilMs) {
      waitingUntilMs = calendar.closeOfWorkingDay('office_5d', dateIn(zone, atMs), 10)
    }
    if (known.type === 'bina.complaint.resumed.v1') waitingUntilMs = 0
    if (known.type === 'bina.resolution.resolved.v1') [waitingUntilMs, isClosed, resolvedAtMs] = [0, true, atMs]
    if (known.type === 'bina.resolution.reopened.v1' && atMs - resolvedAtMs <= 30 * 24 * 60 * MINUTE) isClosed = false
    if (known.type === 'bina.complaint.excluded.v1' && known.data.ruledBy === 'coordinator') isExcluded = true
  }
  return minutesAtWork.filter((moment) => {
    while ((coming[0]?.occurredAtMs ?? Number.POSITIVE_INFINITY) <= moment) {
      const next = coming.shift()
      if (next !== undefined) happen(next)
    }
    return !isClosed && !isExcluded && moment >= waitingUntilMs
  })
}
