import { cutOffMs } from '@bina/domain/week'
import { describe, expect, it } from 'vitest'
import { zone } from '../fold/test-city.ts'
import type { Arrival, FinalScores, IssuedScore } from '../ports/final-scores.ts'
import type { ScoreRow } from '../ports/judged-store.ts'
import type { RecordedChange } from '../ports/policy-log.ts'
import { createRestate } from './restate.ts'

const week = '2026-06-08'
const afterwards = cutOffMs(zone, '2026-06-22')
const at = (minute: number) =>
  `${new Date(Date.parse('2026-07-01T10:00:00Z') + minute * 60_000).toISOString().slice(0, 23).replace('T', ' ')}000`

function record({ shown = true, arrivals = [] as readonly Arrival[], changes = [] as readonly RecordedChange[] } = {}) {
  const issued = new Map<string, IssuedScore>()
  const finalScores: FinalScores = {
    standing: async () => {
      const last = new Map<string, IssuedScore>()
      for (const row of [...issued.values()].toSorted((a, b) => a.issue - b.issue))
        last.set(`${row.unitId} ${row.week} ${row.score}`, row)
      return [...last.values()]
    },
    provisional: async () => (shown ? [{ unitId: 'A', week, score: 'discipline' }] : []),
    arrivals: async () => arrivals,
    issue: async (rows) => {
      for (const row of rows) issued.set([row.unitId, row.week, row.score, row.issue].join(' '), row)
    },
  }
  const judge = async (
    value: number | null | undefined,
    minute: number,
    { version = 'v1', nowMs = afterwards, status = 'final' as ScoreRow['status'], killed = false } = {},
  ) => {
    const restate = createRestate(
      { zone, policyVersion: version, history: ['v1', 'v2'] },
      { finalScores, policyLog: { changes: async () => changes } },
    )
    const row = { unitId: 'A', week, score: 'discipline', value, status } as ScoreRow
    const scores = value === undefined ? [] : [row]
    const sayMoves = await restate({ unitIds: ['A'], fromWeek: week, toWeek: week, scores, readAt: at(minute), nowMs })
    if (!killed) await sayMoves()
  }
  const rows = () =>
    [...issued.values()]
      .filter(({ issue }) => issue > 0)
      .map(({ oldValue, value, cause }) => `${oldValue} to ${value}: ${cause}`)
  return { judge, rows }
}

const event = (kind: Arrival['kind'], minute: number, date = '2026-06-09'): Arrival => ({
  unitId: 'A',
  of: 'day',
  date,
  kind,
  at: at(minute),
})

describe('a score that has become final', () => {
  it('is restated when a late event moves it by 2 points or more, and by less it is not', async () => {
    const { judge, rows } = record({ arrivals: [event('late event', 5)] })
    await judge(80, 0)
    await judge(78.0001, 4)
    expect(rows()).toEqual([])
    await judge(78, 6)
    expect(rows()).toEqual(['80 to 78: late event'])
  })

  it('has one row for a judgement however often it is said, and none for one from older facts', async () => {
    const { judge, rows } = record()
    await judge(80, 1)
    await judge(70, 5)
    await judge(70, 5)
    await judge(70, 6)
    await judge(80, 3)
    expect(rows()).toEqual(['80 to 70: late event'])
  })

  it('is listed by the judgement that comes again, where the worker was killed between the scores and the list', async () => {
    const { judge, rows } = record({ arrivals: [event('correction', 5)] })
    await judge(80, 0)
    await judge(70, 6, { killed: true })
    expect(rows()).toEqual([])
    await judge(70, 7)
    await judge(70, 8)
    expect(rows()).toEqual(['80 to 70: correction'])
  })

  it('is listed when it drifts away slowly', async () => {
    const { judge, rows } = record()
    for (const [minute, value] of [80, 81, 81.9, 82.5, 83, 84.6].entries()) await judge(value, minute)
    expect(rows()).toEqual(['80 to 82.5: late event', '82.5 to 84.6: late event'])
  })

  it('is listed when it is hidden, shown again, or no longer the unit’s', async () => {
    const { judge, rows } = record()
    await judge(80, 0)
    await judge(null, 1)
    await judge(80, 2)
    await judge(undefined, 3)
    expect(rows()).toEqual(['80 to null: late event', 'null to 80: late event', '80 to null: directory'])
  })

  it('says why it is gone: the unit’s first fact was taken back, however long ago that was, or the directory took it away', async () => {
    const directory: Arrival = { unitId: 'A', of: 'directory', date: '', kind: 'late event', at: at(2) }
    const complaint: Arrival = { unitId: 'A', of: 'complaint', date: '', kind: 'withdrawal', at: at(2) }
    for (const [arrivals, cause] of [
      [[event('withdrawal', 2, '2026-03-02')], 'withdrawal'],
      [[event('correction', 2, '2026-03-02'), directory], 'correction'],
      [[complaint], 'withdrawal'],
      [[directory], 'directory'],
      [[event('withdrawal', 0)], 'directory'],
    ] as const) {
      const { judge, rows } = record({ arrivals })
      await judge(80, 1)
      await judge(undefined, 3)
      expect(rows()).toEqual([`80 to null: ${cause}`])
    }
  })

  it('says whether it was taken back, corrected or only late, by what came in for its four weeks since it stood', async () => {
    for (const [arrivals, cause] of [
      [[event('late event', 2), event('correction', 2), event('withdrawal', 2)], 'withdrawal'],
      [[event('late event', 2), event('correction', 2)], 'correction'],
      [[event('correction', 2, '2026-05-17'), event('withdrawal', 0)], 'late event'],
      [[event('withdrawal', 2)].map((one) => ({ ...one, unitId: 'B' })), 'late event'],
      [[{ unitId: 'A', of: 'directory', date: '', kind: 'late event', at: at(2) }], 'directory'],
      [[{ unitId: 'A', of: 'complaint', date: '', kind: 'correction', at: at(2) }], 'late event'],
    ] as const) {
      const { judge, rows } = record({ arrivals })
      await judge(80, 1)
      await judge(70, 3)
      expect(rows()).toEqual([`80 to 70: ${cause}`])
    }
  })

  it('names the change of the rules that moved it, where one reaches its week', async () => {
    const change = { fromVersion: 'v1', toVersion: 'v2', scope: 'days', to: undefined } as const
    for (const [from, cause] of [
      ['2026-06-10', 'policy v1 -> v2'],
      ['2026-06-15', 'late event'],
    ] as const) {
      const { judge, rows } = record({ changes: [{ ...change, from }] })
      await judge(80, 1)
      await judge(70, 3, { version: 'v2' })
      expect(rows()).toEqual([`80 to 70: ${cause}`])
    }
  })
})

describe('a score that nobody was told yet', () => {
  it('is not restated while it is provisional', async () => {
    const { judge, rows } = record()
    const early = { nowMs: afterwards - 1, status: 'provisional' as const }
    await judge(80, 0, early)
    await judge(60, 1, early)
    await judge(60, 2)
    expect(rows()).toEqual([])
  })

  it('settles while history is taken in piece by piece, and stands once that has been quiet', async () => {
    const { judge, rows } = record({ shown: false })
    await judge(80, 0)
    await judge(60, 0.4)
    await judge(65, 0.8)
    await judge(65, 1)
    await judge(50, 1.4)
    expect(rows()).toEqual(['65 to 50: late event'])
  })
})
