import { describe, expect, it } from 'vitest'
import { createLiveFirst } from './live-first.ts'

const never = new AbortController().signal

describe('history before its turn', () => {
  it('waits until its rows had their time, and then until all that is live is done, however often that is asked', async () => {
    const steps: string[] = []
    const behind = ['bina-sink is 7 messages behind', 'bina-fold is 1 messages behind', undefined]
    const liveFirst = createLiveFirst({
      limit: async (rows) => {
        expect(liveFirst.isWaiting()).toBe(true)
        steps.push(`${rows} rows had their time`)
      },
      liveBehind: async () => {
        expect(liveFirst.isWaiting()).toBe(true)
        steps.push('looked')
        return behind.shift()
      },
      onPause: (cause) => steps.push(cause),
      log: { info: (said: unknown) => steps.push(String(said)) } as never,
    })
    await liveFirst.turn(2_000, never)
    expect(steps).toEqual([
      '2000 rows had their time',
      'rate_limit',
      'looked',
      'history waits, since live events go first: bina-sink is 7 messages behind',
      'looked',
      'history waits, since live events go first: bina-fold is 1 messages behind',
      'looked',
      'live_first',
    ])
    expect(liveFirst.isWaiting()).toBe(false)
  })

  it("tells the world's fault to who knows how to wait for it, and does not wait itself any more", async () => {
    const liveFirst = createLiveFirst({
      limit: async () => {},
      liveBehind: async () => {
        throw new Error('no broker answers')
      },
      onPause: () => {},
      log: { info: () => {} } as never,
    })
    await expect(liveFirst.turn(1, never)).rejects.toThrow('no broker answers')
    expect(liveFirst.isWaiting()).toBe(false)
  })
})
