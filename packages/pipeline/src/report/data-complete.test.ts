import { describe, expect, it } from 'vitest'
import { createDataComplete } from './data-complete.ts'

const week = '2026-06-08'

/** A city whose clock goes on by one day with each wait. */
function createCity(given: { readonly endedUntil?: string; readonly behind?: string; readonly late?: number }) {
  const world = { endedUntil: given.endedUntil, waits: 0, asked: [] as string[] }
  const complete = createDataComplete(
    { zone: 'Asia/Jayapura', waitMs: 1_000 },
    {
      store: {
        clockMark: async (name) => {
          world.asked.push(name)
          return world.endedUntil
        },
        pendingUntil: async (untilMs, limit) => {
          world.asked.push(`pending until ${new Date(untilMs).toISOString()}`)
          return Array.from({ length: Math.min(limit, given.late ?? 0) }, (_, at) => `complaint|${at}`)
        },
      },
      caughtUp: async () => {
        world.asked.push('caught up')
        return given.behind
      },
      wait: async () => {
        world.waits++
        if (world.endedUntil !== undefined && world.waits === 2) world.endedUntil = '2026-06-14'
      },
    },
  )
  return { world, complete: () => complete(week) }
}

describe("a week's figures", () => {
  it('are complete once its Sunday was ended, all is stored and scored, and nothing of before the cut-off waits', async () => {
    const { world, complete } = createCity({ endedUntil: '2026-06-14' })
    expect(await complete()).toBeUndefined()
    // Monday, midnight in the city, is 15:00 the day before in UTC.
    expect(world.asked).toEqual(['day_end', 'caught up', 'pending until 2026-06-14T14:59:59.999Z'])
  })

  it('are waited for while the last day is being ended', async () => {
    const { world, complete } = createCity({ endedUntil: '2026-06-13' })
    expect(await complete()).toBeUndefined()
    expect(world.waits).toBe(2)
  })

  it('are not complete where no score-worker ends the days: it says so after its patience', async () => {
    const { world, complete } = createCity({})
    expect(await complete()).toMatch(/score-worker has ended the day \(none yet\), and 2026-06-14 is wanted/)
    expect(world.waits).toBe(4)
  })

  it('are not complete while events are stored or scored', async () => {
    const { complete } = createCity({ endedUntil: '2026-06-20', behind: 'bina-sink is 12 messages behind' })
    expect(await complete()).toBe('bina-sink is 12 messages behind')
  })

  it('are not complete while what time alone has moved by the cut-off is not worked out', async () => {
    expect(await createCity({ endedUntil: '2026-06-14', late: 3 }).complete()).toMatch(/ 3 person-days or complaints/)
    expect(await createCity({ endedUntil: '2026-06-14', late: 5_000 }).complete()).toMatch(/ 1000 or more /)
  })
})
