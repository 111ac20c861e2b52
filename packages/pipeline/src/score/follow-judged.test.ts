import { expect, it } from 'vitest'
import { at, calendar, zone } from '../fold/test-city.ts'
import type { DurationRow } from '../ports/judged-store.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import { createFollowJudged } from './follow-judged.ts'
import { always } from './test-judge.ts'

// Wednesday, 15 July 2026. The week of 13 July runs.
const nowMs = at('2026-07-15 10:00')

function createFollowed(unknown: readonly string[] = []) {
  const charted: string[] = []
  const timed: DurationRow[] = []
  const handedOn: TouchedUnit[] = []
  const follow = createFollowJudged(
    { zone, policyVersion: 'v1' },
    {
      facts: {
        serverTime: async () => '2026-07-15 03:00:00.000000',
        spans: async (unitIds) =>
          unitIds.map((unitId) => ({
            unitId,
            firstWeek: '2026-06-01',
            scoredFrom: '2026-06-01',
            versions: unknown.includes(unitId) ? [] : always,
          })),
        attendance: async () => [],
        cases: async (unitIds) =>
          unitIds.map((unitId) => ({
            unitId,
            dueWeek: '2026-07-06',
            minutes: 90,
            profile: 'office_5d',
            runningFrom: [],
            runningTo: [],
          })),
      },
      store: {
        writeDurations: async ({ durations }) => {
          timed.push(...durations)
        },
      },
      calendar,
      judgeSignals: async ({ unitIds, known, fromWeek, toWeek }) => {
        for (const unitId of unitIds) charted.push(`${unitId} ${known.has(unitId)} ${fromWeek} ${toWeek}`)
      },
      areas: { partsOf: async ({ fromWeek, toWeek }) => [{ unitId: 'kec', fromWeek, toWeek, scope: 'area' }] },
      touches: {
        touchUnits: async (units) => {
          handedOn.push(...units)
        },
      },
      clock: () => nowMs,
    },
  )
  return { follow, charted, timed, handedOn }
}

it('follows up a week once, however often it was judged meanwhile, and hands on its areas', async () => {
  const { follow, charted, timed, handedOn } = createFollowed()
  const judged = (fromWeek: string, toWeek: string): TouchedUnit => ({ unitId: 'A', fromWeek, toWeek, scope: 'judged' })
  await follow([
    judged('2026-06-29', '2026-07-06'),
    judged('2026-06-22', '2026-06-29'),
    judged('2026-06-29', '9999-12-27'),
  ])
  expect(charted).toEqual(['A true 2026-06-22 2026-07-13'])
  expect(timed.map(({ week, medianWorkingHours }) => `${week} ${medianWorkingHours}`)).toEqual([
    '2026-07-06 1.5',
    '2026-07-13 1.5',
  ])
  expect(handedOn).toEqual([{ unitId: 'kec', fromWeek: '2026-06-22', toWeek: '2026-07-13', scope: 'area' }])
})

it('passes over weeks that are still to be judged, and areas', async () => {
  const { follow, charted, handedOn } = createFollowed()
  const weeks = { fromWeek: '2026-06-29', toWeek: '2026-07-06' }
  await follow([
    { unitId: 'A', ...weeks },
    { unitId: 'kec', ...weeks, scope: 'area' },
  ])
  expect([charted, handedOn]).toEqual([[], []])
})

it('times no case of a unit that the directory does not know, so that what stood of it is taken back', async () => {
  const { follow, charted, timed } = createFollowed(['A'])
  await follow([{ unitId: 'A', fromWeek: '2026-06-29', toWeek: '2026-07-06', scope: 'judged' }])
  expect(charted).toEqual(['A false 2026-06-29 2026-07-06'])
  expect(timed).toEqual([])
})
