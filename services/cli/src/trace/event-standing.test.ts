import { describe, expect, it } from 'vitest'
import { eventStanding } from './event-standing.ts'
import { revisionsOver } from './revisions-over.ts'

const source = 'urn:s'
const revision = (id: string, occurredAtMs: number, does: { supersedes?: string; withdraws?: string } = {}) => ({
  source,
  id,
  occurredAtMs,
  ...does,
})
const event = revision('e', 1)

describe('the standing of an event', () => {
  it('is its own while nobody names it', () => {
    expect(eventStanding(event, [])).toEqual({ fate: 'stored', revisers: [] })
  })

  it('is lost to what supersedes it, also when that is superseded in turn', () => {
    const others = [revision('f', 2, { supersedes: 'e' }), revision('g', 3, { supersedes: 'f' })]
    expect(eventStanding(event, others)).toEqual({
      fate: 'superseded',
      revisers: [{ id: 'f', does: 'supersedes', occurredAtMs: 2, counts: true }],
    })
  })

  it('is lost to a withdrawal, and back again when that is withdrawn', () => {
    const withdrawal = revision('w', 2, { withdraws: 'e' })
    expect(eventStanding(event, [withdrawal])).toMatchObject({
      fate: 'withdrawn',
      revisers: [{ id: 'w', counts: true }],
    })
    const restored = eventStanding(event, [withdrawal, revision('x', 3, { withdraws: 'w' })])
    expect(restored).toMatchObject({ fate: 'stored', revisers: [{ id: 'w', counts: false }] })
  })

  it('is back when what superseded it is withdrawn', () => {
    const others = [revision('f', 2, { supersedes: 'e' }), revision('w', 3, { withdraws: 'f' })]
    expect(eventStanding(event, others)).toMatchObject({ fate: 'stored', revisers: [{ id: 'f', counts: false }] })
  })
})

describe('what revises an event', () => {
  it('is followed to its end, also where events revise each other in a ring', async () => {
    const rows = [
      { source, targetId: 'e', kind: 'supersedes' as const, id: 'f', occurredAtMs: 2 },
      { source, targetId: 'f', kind: 'supersedes' as const, id: 'e', occurredAtMs: 1 },
      { source, targetId: 'f', kind: 'withdraws' as const, id: 'w', occurredAtMs: 3 },
      { source, targetId: 'w', kind: 'withdraws' as const, id: 'x', occurredAtMs: 4 },
      { source, targetId: 'x', kind: 'supersedes' as const, id: 'w', occurredAtMs: 3 },
      { source, targetId: 'other', kind: 'withdraws' as const, id: 'z', occurredAtMs: 3 },
    ]
    const log = {
      revisionsOf: async (targets: readonly { id: string }[]) =>
        rows.filter(({ targetId }) => targets.some(({ id }) => id === targetId)),
    }
    const found = await revisionsOver(log, { source, id: 'e' })
    expect(found.map(({ id }) => id).sort()).toEqual(['e', 'f', 'w', 'x'])
    expect(found.find(({ id }) => id === 'w')).toMatchObject({ withdraws: 'f', supersedes: 'x' })
  })
})
