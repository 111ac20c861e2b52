import { expect, it } from 'vitest'
import { createPace } from './pace.ts'

it('is quiet since the last work ended, and not while one runs, also when it fails', async () => {
  let nowMs = 0
  const pace = createPace(() => nowMs)
  let end: (value: undefined) => void = () => {}
  const work = pace.during(() => new Promise((resolve) => (end = resolve)))
  nowMs = 700
  expect(pace.quietMs()).toBe(0)
  end(undefined)
  await work
  nowMs = 1_000
  expect(pace.quietMs()).toBe(300)
  await expect(pace.during(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(pace.quietMs()).toBe(0)
})
