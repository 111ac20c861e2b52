import { expect, it } from 'vitest'
import { createResting } from './resting.ts'

it('rests as many times as long as the work before took', async () => {
  const resting = createResting(3, { isCalm: () => false })
  const stopping = new AbortController().signal
  const ran: [from: number, to: number][] = []
  const work = async () => {
    const from = performance.now()
    while (performance.now() < from + 20);
    ran.push([from, performance.now()])
  }
  await resting(work, stopping)
  await resting(work, stopping)
  const [first, second] = ran
  // Timers are off by a millisecond.
  expect((second?.[0] ?? 0) - (first?.[1] ?? 0)).toBeGreaterThanOrEqual(58)
})

it('ends its rest, and leaves the work, when it is told to stop', async () => {
  const resting = createResting(1_000_000, { isCalm: () => false })
  const stop = new AbortController()
  const works: string[] = []
  const work = (name: string) => async () => {
    const from = performance.now()
    while (performance.now() < from + 2);
    works.push(name)
  }
  await resting(work('first'), stop.signal)
  const second = resting(work('second'), stop.signal)
  stop.abort()
  await expect(second).rejects.toMatchObject({ name: 'AbortError' })
  expect(works).toEqual(['first'])
})

it('rests no longer once nobody else wants the time', async () => {
  let looks = 0
  const resting = createResting(1_000_000, { isCalm: () => ++looks > 2 })
  const stopping = new AbortController().signal
  const works: string[] = []
  const work = (name: string) => async () => {
    const from = performance.now()
    while (performance.now() < from + 2);
    works.push(name)
  }
  await resting(work('first'), stopping)
  await resting(work('second'), stopping)
  expect(works).toEqual(['first', 'second'])
  expect(looks).toBe(3)
})
