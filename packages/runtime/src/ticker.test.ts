import { until } from '@bina/testkit/until'
import { expect, test } from 'vitest'
import { createTicker } from './ticker.ts'

const quiet = { info: () => {}, warn: () => {} }
const soon = (what: string) => ({ withinMs: 5_000, what, everyMs: 5 })

/** A tick that lasts until it is let go. */
function slowTick() {
  let running = 0
  let most = 0
  let ticks = 0
  let letGo: () => void = () => {}
  return {
    tick: async () => {
      ticks++
      running++
      most = Math.max(most, running)
      await new Promise<void>((resolve) => {
        letGo = resolve
      })
      running--
    },
    letGo: () => letGo(),
    ticks: () => ticks,
    most: () => most,
  }
}

test('a clock whose tick takes longer than its beat never ticks twice at once', async () => {
  const slow = slowTick()
  let beats = 0
  const holds = () => true
  const ticker = createTicker({ name: 'clock', everyMs: 1, holds }, { tick: slow.tick, log: quiet })
  const counter = createTicker({ name: 'counter', everyMs: 1, holds }, { tick: async () => void beats++, log: quiet })
  await ticker.start()
  await counter.start()
  for (let round = 1; round <= 3; round++) {
    await until(() => slow.ticks() === round, soon('the tick'))
    const before = beats
    await until(() => beats > before + 5, soon('five beats in the tick'))
    slow.letGo()
  }
  const stopped = ticker.stop()
  slow.letGo()
  await stopped
  await counter.stop()
  expect(slow.most()).toBe(1)
})

test('a clock stops only when its last tick is done', async () => {
  const slow = slowTick()
  const ticker = createTicker({ name: 'clock', everyMs: 1, holds: () => true }, { tick: slow.tick, log: quiet })
  await ticker.start()
  await until(() => slow.ticks() === 1, soon('the tick'))
  let isStopped = false
  const stopped = ticker.stop().then(() => {
    isStopped = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(isStopped).toBe(false)
  slow.letGo()
  await stopped
  expect(slow.ticks()).toBe(1)
})

test('a clock ticks on after a tick that failed, and only where it is held', async () => {
  const told: string[] = []
  let isHeld = false
  let asked = 0
  let ticks = 0
  const ticker = createTicker(
    {
      name: 'clock',
      everyMs: 1,
      holds: () => {
        asked++
        return isHeld
      },
    },
    {
      tick: async () => {
        ticks++
        if (ticks === 1) throw new Error('ClickHouse is away')
      },
      log: { ...quiet, warn: (_: unknown, text?: string) => void told.push(text ?? '') },
    },
  )
  await ticker.start()
  await until(() => asked > 3, soon('a few beats'))
  expect(ticks).toBe(0)
  isHeld = true
  await until(() => ticks > 2, soon('a few ticks'))
  await ticker.stop()
  expect(told).toEqual(['the clock did not tick, it will next time'])
})

test('a clock whose last tick asks a server that does not answer stops without it, and its failure afterwards is no fault', async () => {
  const warned: string[] = []
  const told: string[] = []
  let ticks = 0
  let fail: (error: Error) => void = () => {}
  const asked = new Promise<void>((_, reject) => {
    fail = reject
  })
  const ticker = createTicker(
    { name: 'clock', everyMs: 1, holds: () => true, patienceMs: 5 },
    {
      tick: () => {
        ticks++
        return asked
      },
      log: {
        info: (_: unknown, text?: string) => void told.push(text ?? ''),
        warn: (_: unknown, text?: string) => void warned.push(text ?? ''),
      },
    },
  )
  await ticker.start()
  await until(() => ticks === 1, soon('the tick'))
  await ticker.stop()
  expect(told).toEqual(['stopping without waiting longer for a tick of the clock'])
  fail(new Error('socket hang up'))
  // Who heard of it before us has heard of it by now; a rejection that nobody heard would fail the run.
  await asked.catch(() => undefined)
  await new Promise((resolve) => setImmediate(resolve))
  expect(warned).toEqual([])
})
