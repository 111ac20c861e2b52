import { describe, expect, it } from 'vitest'
import type { KnownEvent } from './known-event.ts'
import { liveEvents } from './live-events.ts'
import { rowOf, shareOf } from './test-complaint.ts'
import { assigned, event, excluded, received, resolved, withdrawal } from './test-events.ts'

const life = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A'), resolved('2026-07-08 09:00')]
const merged = excluded('2026-07-07 08:00', 'duplicate')
const standing = (events: readonly KnownEvent[]): readonly KnownEvent[] => liveEvents(events, [])

describe('a complaint merged into another', () => {
  it('names the other, and is asked for by no score', () => {
    expect(rowOf([...life, merged])).toMatchObject({
      state: 'excluded',
      excludedReason: 'duplicate',
      mergedInto: 'c-0',
    })
    expect(shareOf('A', [...life, merged])).toMatchObject({
      resolutionDueMs: undefined,
      backlog: [],
      duration: undefined,
    })
  })

  it('is as if never merged once the merge is withdrawn', () => {
    expect(rowOf(standing([...life, merged, withdrawal('2026-07-20 08:00', merged.id)]))).toEqual(rowOf(life))
  })

  it('is as if never merged once a refusal by a unit supersedes the merge', () => {
    const refusal = event(
      'bina.complaint.excluded.v1',
      '2026-07-20 08:00',
      { complaintId: 'c-1', reason: 'not_ours', ruledBy: 'unit' },
      { supersedes: merged.id },
    )
    expect(rowOf(standing([...life, merged, refusal]))).toMatchObject({ state: 'resolved', mergedInto: undefined })
  })

  it('stays excluded, and names none, when the coordinator later gives another reason', () => {
    const invalid = excluded('2026-07-09 08:00', 'invalid')
    expect(rowOf([...life, merged, invalid])).toMatchObject({ excludedReason: 'invalid', mergedInto: undefined })
    expect(rowOf(standing([...life, merged, invalid, withdrawal('2026-07-20 08:00', invalid.id)]))).toMatchObject({
      excludedReason: 'duplicate',
      mergedInto: 'c-0',
    })
  })

  it('is not merged by a unit', () => {
    expect(rowOf([...life, excluded('2026-07-07 08:00', 'duplicate', 'unit')])).toMatchObject({
      state: 'resolved',
      mergedInto: undefined,
    })
  })
})

describe('a severe complaint', () => {
  it('stays on the inspectorate’s list with all its units, whatever becomes of it', () => {
    const severe = [
      received('2026-07-06 10:00', { category: 'illegal_fee', unitId: 'U' }),
      assigned('2026-07-06 10:30', 'B'),
      assigned('2026-07-07 10:30', 'A'),
    ]
    expect(rowOf(severe)).toMatchObject({ severe: true, unitIds: ['A', 'B', 'U'] })
    expect(rowOf([...severe, excluded('2026-07-08 08:00', 'invalid')])).toMatchObject({ severe: true })
    expect(rowOf(life)).toMatchObject({ severe: false, unitIds: ['A'] })
  })
})
