import { describe, expect, it } from 'vitest'
import { coachingLine, coachingWaits } from './tell-coaching.ts'
import type { Moved } from './trace-result.ts'

type Coaching = Extract<Moved, { readonly what: 'coaching' }>
const heldMs = Date.parse('2026-06-10T10:00:00+07:00')
const session: Coaching = {
  what: 'coaching',
  aboutUnitId: '16.71.05.1003',
  kind: 'session',
  itemId: 'coaching-1',
  known: { name: 'Bukit Lama', unitType: 'kelurahan' },
  row: { coachUnitId: '16.71.05', openedMs: heldMs, dueOn: '2026-06-10', closedMs: heldMs, outcome: '' },
  units: [],
}
const line = (more: Partial<Coaching>, isUnderWay = false) =>
  coachingLine({ ...session, ...more }, { zone: 'Asia/Jakarta', isUnderWay })
const row = (more: Partial<NonNullable<Coaching['row']>>) => ({
  row: { ...(session.row as object), ...more } as Coaching['row'],
})

describe('the trace of a coaching event', () => {
  it('tells the item that it is about, and how it ended', () => {
    expect(line({})).toBe(
      'The session coaching-1 of 16.71.05.1003 (Bukit Lama), coached by 16.71.05: planned for 2026-06-10, held 2026-06-10 10:00:00.',
    )
    expect(line({ kind: 'action', itemId: 'a-1', ...row({ closedMs: null }) })).toContain(
      'due on 2026-06-10, not done yet.',
    )
    expect(line({ kind: 'finding', ...row({ coachUnitId: '' }) })).toContain('due on 2026-06-10, closed 2026-06-10')
    expect(line({ kind: 'objection', ...row({ dueOn: '2026-06-08', outcome: 'upheld' }) })).toContain(
      'to 2026-W24: upheld 2026-06-10 10:00:00.',
    )
  })

  it('says what it was that nothing came of, or that it is not worked out yet', () => {
    expect(line({ row: undefined })).toContain('nothing came of it, no event that stands begins it.')
    expect(line({ row: undefined }, true)).toContain('is not worked out yet.')
  })

  it('says why nothing counts yet: nobody is behind on the day itself', () => {
    expect(coachingWaits(session, '2026-06-10')[0]).toContain('counts once 2026-06-10 has ended in the city')
    expect(coachingWaits({ ...session, kind: 'objection' }, '2026-06-20')[0]).toContain('No figure counts an objection')
    expect(coachingWaits({ ...session, ...row({ dueOn: null }) }, '2026-06-20')[0]).toContain('only what was planned')
  })
})
