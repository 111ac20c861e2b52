import { expect, it } from 'vitest'
import { isoInstants } from './iso-instants.ts'

it('instants leave as ISO text under their own names, everything else as it is', () => {
  expect(
    isoInstants({ storedAtMs: 0, dueMs: 1_000, respondedMs: null, ms: 5, list: [{ atMs: 0 }], lateMinutes: 3 }),
  ).toEqual({
    storedAt: '1970-01-01T00:00:00.000Z',
    dueAt: '1970-01-01T00:00:01.000Z',
    respondedAt: null,
    ms: 5,
    list: [{ at: '1970-01-01T00:00:00.000Z' }],
    lateMinutes: 3,
  })
})
