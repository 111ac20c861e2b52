import { expect, it } from 'vitest'
import { dayEntity } from '../fold/entity.ts'
import { at, attendanceRules, calendar, cityProfile, deadlines, zone } from '../fold/test-city.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import { createFoldTouched } from './fold-touched.ts'
import { createFollowJudged } from './follow-judged.ts'
import { createJudgeAreas } from './judge-areas.ts'
import { createJudgeTouched } from './judge-touched.ts'
import { createTestAreas } from './test-areas.ts'
import { policy } from './test-judge.ts'
import { createTestLog } from './test-log.ts'

// Wednesday, 15 July 2026: the worker is told to stop while the first of many is worked out.
const clock = () => at('2026-07-15 10:00')
const config = { zone, policyVersion: 'v1' }
const many = (scope?: 'judged' | 'area'): readonly TouchedUnit[] =>
  Array.from({ length: 1_000 }, (_, at) => ({
    ...{ unitId: `unit_${at}`, fromWeek: '2026-07-06', toWeek: '2026-07-13' },
    ...(scope && { scope }),
  }))

/** What is handed on, and how often somebody was at work: the first time is told to stop. */
function createStop() {
  const stopping = new AbortController()
  const handedOn: unknown[] = []
  let works = 0
  return {
    signal: stopping.signal,
    handedOn,
    works: () => works,
    work: () => {
      works++
      stopping.abort()
    },
    touches: {
      touch: async ({ entities }: { readonly entities: readonly string[] }) => void handedOn.push(...entities),
      touchUnits: async (units: readonly TouchedUnit[]) => void handedOn.push(...units),
    },
  }
}

it('a judge that is told to stop leaves off before the next units, and hands on none', async () => {
  const stop = createStop()
  const judge = createJudgeTouched(config, {
    facts: {
      spans: async () => {
        stop.work()
        return []
      },
      count: async () => ({ readAt: '1', counts: [] }),
    },
    store: { write: async () => {} },
    ...{ policy, clock, touches: stop.touches, restate: async () => async () => {} },
  })
  await expect(judge(many(), stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
  expect([stop.works(), stop.handedOn]).toEqual([1, []])
})

it('a fold that is told to stop leaves off before the next entities', async () => {
  const stop = createStop()
  const { log } = createTestLog([])
  const nothing = async () => {}
  const fold = createFoldTouched(
    { zone, cityProfile },
    {
      entityLog: {
        ...log,
        serverTime: () => {
          stop.work()
          return log.serverTime()
        },
      },
      store: {
        ...{ writePersonDays: nothing, writeComplaints: nothing, writeUnits: nothing, writeCoaching: nothing },
        ...{ writeFindings: nothing, writePending: nothing, setClockMark: nothing, clockMark: async () => undefined },
        ...{ pendingUntil: async () => [], entitiesOfUnits: async () => [], unitsWrittenAfter: async () => [] },
      },
      rules: { attendanceOn: () => attendanceRules, deadlinesOn: () => deadlines },
      ...{ calendar, clock, touches: stop.touches },
    },
  )
  const entities = Array.from({ length: 12_000 }, (_, at) => dayEntity(`person_${at}`, '2026-07-06'))
  await expect(fold([{ entities, revised: [] }], stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
  expect(stop.works()).toBe(1)
})

it('what follows from judged units is left off before the next ones, and no area is handed on', async () => {
  const stop = createStop()
  const follow = createFollowJudged(config, {
    facts: {
      serverTime: async () => '1',
      spans: async () => {
        stop.work()
        return []
      },
      attendance: async () => [],
      cases: async () => [],
    },
    store: { writeDurations: async () => {} },
    areas: { partsOf: async () => many('area').slice(0, 1) },
    ...{ calendar, clock, touches: stop.touches, judgeSignals: async () => {} },
  })
  await expect(follow(many('judged'), stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
  expect([stop.works(), stop.handedOn]).toEqual([1, []])
})

it('a judge of areas that is told to stop leaves off before the next areas', async () => {
  const stop = createStop()
  const { figures } = createTestAreas(new Map(), () => '1')
  const areas = createJudgeAreas(config, {
    figures: {
      ...figures,
      placesBelow: (areaIds) => {
        stop.work()
        return figures.placesBelow(areaIds)
      },
    },
    ...{ policy, clock, judgeSignals: async () => {} },
  })
  await expect(areas.judge(many('area'), stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
  expect(stop.works()).toBe(1)
})
