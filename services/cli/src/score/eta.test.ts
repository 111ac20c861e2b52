import { expect, it } from 'vitest'
import { createEta } from './eta.ts'

it('tells the time that is left by the pace since it began, also where a rebuild goes on', () => {
  let nowMs = 0
  const eta = createEta(() => nowMs)
  expect(eta(500, 1_000)).toBe('')
  nowMs = 1_000
  expect(eta(510, 1_000)).toBe('about 49 s to go')
  nowMs = 10_000
  expect(eta(520, 1_000)).toBe('about 4 min to go')
})
