import { describe, expect, it } from 'vitest'
import { at, zone } from '../fold/test-city.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import { createCityClock } from './city-clock.ts'

/** A city of some people and units, whose clock hand the test moves. */
function createTestClock(given: { readonly people?: readonly string[]; readonly units?: readonly string[] } = {}) {
  const state = {
    nowMs: at('2026-07-15 10:00'),
    mark: undefined as string | undefined,
    pending: [] as readonly string[],
    failing: '',
  }
  const entities: string[] = []
  const units: TouchedUnit[] = []
  const tick = createCityClock(
    { zone },
    {
      entityLog: {
        entitiesOfKind: async (kind) => (given.people ?? ['ani', 'budi']).map((person) => `${kind}|${person}`),
      },
      facts: { allUnits: async () => given.units ?? ['A', 'B'] },
      store: {
        pendingUntil: async (nowMs, limit) => (nowMs === state.nowMs ? state.pending.slice(0, limit) : []),
        clockMark: async () => state.mark,
        setClockMark: async (_, throughDate) => {
          state.mark = throughDate
        },
      },
      touches: {
        touch: async (touched) => {
          if (touched.entities.some((entity) => entity === state.failing)) throw new Error('Kafka is away')
          entities.push(...touched.entities)
        },
        touchUnits: async (touched) => void units.push(...touched),
      },
      clock: () => state.nowMs,
    },
  )
  const take = () => ({ entities: entities.splice(0), units: units.splice(0) })
  return { state, tick, take }
}

describe("the city's clock", () => {
  it('publishes the end of yesterday for everybody on a roster, once', async () => {
    const { state, tick, take } = createTestClock()
    await tick()
    expect(take()).toEqual({ entities: ['day|ani|2026-07-14', 'day|budi|2026-07-14'], units: [] })
    expect(state.mark).toBe('2026-07-14')
    await tick()
    expect(take()).toEqual({ entities: [], units: [] })
  })

  it('strikes at midnight of the city, not of the machine', async () => {
    const { state, tick, take } = createTestClock({ people: ['ani'] })
    state.mark = '2026-07-14'
    state.nowMs = at('2026-07-16 00:00') - 1
    await tick()
    expect(take().entities).toEqual([])
    state.nowMs += 1
    await tick()
    expect(take().entities).toEqual(['day|ani|2026-07-15'])
  })

  it('makes up for every day that it stood still', async () => {
    const { state, tick, take } = createTestClock({ people: ['ani'] })
    state.mark = '2026-07-10'
    await tick()
    const days = ['2026-07-11', '2026-07-12', '2026-07-13', '2026-07-14']
    expect(take().entities).toEqual(days.map((date) => `day|ani|${date}`))
    expect(state.mark).toBe('2026-07-14')
  })

  it('goes on where it was interrupted', async () => {
    const { state, tick, take } = createTestClock({ people: ['ani'] })
    state.mark = '2026-07-10'
    state.failing = 'day|ani|2026-07-13'
    await expect(tick()).rejects.toThrow('Kafka is away')
    expect(state.mark).toBe('2026-07-12')
    take()
    state.failing = ''
    await tick()
    expect(take().entities).toEqual(['day|ani|2026-07-13', 'day|ani|2026-07-14'])
  })

  it('begins a week for every unit on Monday, with the week that becomes final on that day', async () => {
    const { state, tick, take } = createTestClock({ people: [] })
    state.mark = '2026-07-11'
    state.nowMs = at('2026-07-13 00:00')
    await tick()
    expect(take().units).toEqual([
      { unitId: 'A', fromWeek: '2026-06-22', toWeek: '2026-07-13' },
      { unitId: 'B', fromWeek: '2026-06-22', toWeek: '2026-07-13' },
    ])
    expect(state.mark).toBe('2026-07-12')
  })

  it('publishes what changes by time alone as soon as its instant has come, a few thousand at a time', async () => {
    const { state, tick, take } = createTestClock({ people: [] })
    state.pending = Array.from({ length: 6_000 }, (_, n) => `complaint|${n}`)
    await tick()
    expect(take().entities).toEqual(state.pending.slice(0, 5_000))
  })
})
