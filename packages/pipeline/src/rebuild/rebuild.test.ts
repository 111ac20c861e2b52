import { expect, it } from 'vitest'
import { at, zone } from '../fold/test-city.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import type { RebuildMark, RebuildStore } from '../ports/rebuild-store.ts'
import { rebuild } from './rebuild.ts'

const emptyEntityLog: EntityLog = {
  serverTime: async () => '2026-07-15 03:00:00.000000',
  eventsOf: async () => ({ events: [], revisions: [] }),
  revisionsOf: async () => [],
  locate: async () => [],
  entitiesOfKind: async () => [],
}

/** A log without events, over tables in which these units stand; it may be killed while it judges. */
function emptyLog(units: readonly string[]) {
  let mark: RebuildMark | undefined
  const judged: string[] = []
  const store: RebuildStore = {
    hold: async () => ({ isLost: () => false, release: async () => {} }),
    begin: async () => ({ startedAt: '2026-07-15 03:00:00.000000', startedAtMs: at('2026-07-15 10:00'), mark }),
    setMark: async (next) => {
      mark = next
    },
    countEntities: async () => 0,
    pageAfter: async () => undefined,
    withoutEvents: async (entities) => entities,
    keepAbsencesBefore: async () => {},
    keepFrozen: async () => {},
    swap: async () => {},
    listSince: async () => {},
    listedAfter: async () => [],
    revisedSince: async () => [],
    turnBackClock: async () => {},
    restate: async () => 0,
    end: async () => {},
  }
  const run = (killAfter = Number.POSITIVE_INFINITY) => {
    const kill = new AbortController()
    return rebuild(
      { zone, policyVersion: 'v1' },
      {
        store,
        policyLog: { applied: async () => undefined },
        foldInto: () => async () => {},
        judge: async (touched) => {
          judged.push(...touched.map(({ unitId }) => unitId))
          if (judged.length >= killAfter) kill.abort()
        },
        judgeAreas: async () => {},
        areasOf: async () => [],
        log: emptyEntityLog,
        facts: { allUnits: async () => units },
        touches: { touch: async () => {}, touchUnits: async () => {} },
        clock: () => at('2026-07-15 10:00'),
        signal: kill.signal,
        onProgress: () => {},
      },
    )
  }
  return { run, judged }
}

const units = ['', ...Array.from({ length: 98 }, (_, nth) => `unit-${String(nth).padStart(2, '0')}`)]

it('judges every unit once, and what is no unit’s, which the city alone counts', async () => {
  const city = emptyLog(units)
  await city.run()
  expect(city.judged).toEqual(units)
})

it('goes on after the last units that were judged when it was killed', async () => {
  const city = emptyLog(units)
  await expect(city.run(61)).rejects.toThrow('abort')
  const beforeItWasKilled = city.judged.length
  expect(beforeItWasKilled).toBeLessThan(units.length)
  await city.run()
  expect(city.judged.filter((unitId) => unitId === '' || unitId === 'unit-01')).toEqual(['', 'unit-01'])
  expect([...new Set(city.judged)].sort()).toEqual(units)
})
