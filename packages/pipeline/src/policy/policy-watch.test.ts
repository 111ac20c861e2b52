import { addDays } from '@bina/domain/plain-date'
import { describe, expect, it } from 'vitest'
import { at, zone } from '../fold/test-city.ts'
import type { AppliedPolicy, ChangeUnderWay, PolicyLog, RecordedChange } from '../ports/policy-log.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import { PolicyBehindError } from './policy-behind-error.ts'
import type { PolicyValues, RebasedChart } from './policy-changes.ts'
import { createPolicyWatch } from './policy-watch.ts'
import { createRefuseNewerRules } from './refuse-newer-rules.ts'
import { dated, rules } from './test-rules.ts'

const nowMs = at('2026-07-15 10:00')

/** Tables of a city with person-days and complaints, and workers that start with rules. */
function createTestTables(given: { readonly versionsOfScores?: readonly string[] } = {}) {
  const state = {
    applied: undefined as AppliedPolicy | undefined,
    underWay: undefined as (ChangeUnderWay & { readonly version: string }) | undefined,
    changes: [] as RecordedChange[],
    failing: '',
  }
  const entities: string[] = []
  const units: TouchedUnit[] = []
  const days = ['2024-05-06', '2026-07-01', '2026-07-14']
  const policyLog: PolicyLog = {
    applied: async () => state.applied,
    setApplied: async (policy) => void Object.assign(state, { applied: policy }),
    underWay: async () => state.underWay,
    setUnderWay: async (change) => void Object.assign(state, { underWay: change }),
    versionsWanted: async () => [state.applied, state.underWay].flatMap((mark) => mark?.version ?? []),
    record: async (changes) => void state.changes.push(...changes),
    changes: async () => state.changes,
    versionsOfScores: async () => given.versionsOfScores ?? [],
    workDates: async (from, to) => days.filter((date) => date >= from && date <= to),
    personDays: async (from, to) =>
      days.filter((date) => date >= from && date <= to).map((workDate) => ({ personKey: 'by_event', workDate })),
    complaints: async (by, from, to) => [`${by} ${from} ${to}`],
  }
  const start = (version: string, values: PolicyValues, history = ['v1', 'v2', 'v3']) =>
    createPolicyWatch(
      { zone, version, history: history.slice(0, history.indexOf(version) + 1), values },
      {
        policyLog,
        entityLog: { entitiesOfKind: async () => ['staff|ani'] },
        facts: { allUnits: async () => ['A', 'B'] },
        touches: {
          touch: async (touched) => {
            if (touched.entities.includes(state.failing)) throw new Error('Kafka is away')
            entities.push(...touched.entities)
          },
          touchUnits: async (touched) => void units.push(...touched),
        },
        clock: () => nowMs,
        log: { info: () => {} },
      },
    )
  /** What each batch of a worker with these rules asks first. */
  const refuse = (version: string, history: readonly string[]) =>
    createRefuseNewerRules({ version, history }, { policyLog })
  return { state, start, refuse, take: () => ({ entities: entities.splice(0), units: units.splice(0) }) }
}

const tolerance = (from: string): PolicyValues => ({
  ...rules,
  attendance: { toleranceMinutes: [dated('0001-01-01', 0, addDays(from, -1)), dated(from, 5)] },
})

describe('a worker that starts with other rules than the tables follow', () => {
  it('touches nothing in new tables, and says which rules they follow', async () => {
    const { state, start, take } = createTestTables()
    await start('v1', rules)()
    expect(take()).toEqual({ entities: [], units: [] })
    expect([state.applied?.version, state.changes]).toEqual(['v1', []])
  })

  it('touches everything in tables that were made before there were marks, by other rules', async () => {
    const { start, take } = createTestTables({ versionsOfScores: ['v1'] })
    await start('v2', rules)()
    const { entities, units } = take()
    expect(entities).toContain('day|by_event|2024-05-06')
    expect(entities).toContain('complaint|clock 1970-01-01 2149-06-05')
    expect(units).toContainEqual({ unitId: 'A', fromWeek: '1970-01-05', toWeek: '2026-07-13' })
  })

  it('touches the person-days from the change on, also of people on a roster without a row, once', async () => {
    const { state, start, take } = createTestTables()
    await start('v1', rules)()
    const watch = start('v2', tolerance('2026-07-13'))
    await watch()
    expect(take()).toEqual({
      entities: ['day|by_event|2026-07-14', 'day|ani|2026-07-13', 'day|ani|2026-07-14'],
      units: [],
    })
    expect(state.changes).toEqual([
      { fromVersion: 'v1', toVersion: 'v2', scope: 'days', from: '2026-07-13', to: undefined },
    ])
    await watch()
    await start('v2', tolerance('2026-07-13'))()
    expect(take()).toEqual({ entities: [], units: [] })
  })

  it('touches complaints received from the change on when deadlines change, and the weeks from then on when scores do', async () => {
    const { start, take } = createTestTables()
    await start('v1', rules)()
    const deadlines = { responseWorkingDays: [dated('0001-01-01', 5, '2026-06-30'), dated('2026-07-01', 3)] }
    const bands = [dated('0001-01-01', 0, '2026-06-30'), dated('2026-07-01', 1)]
    await start('v2', { ...rules, deadlines })()
    expect(take()).toEqual({ entities: ['complaint|receipt 2026-07-01 2149-06-05'], units: [] })
    await start('v3', { ...rules, deadlines, scoring: { bands } })()
    const { entities, units } = take()
    expect(entities).toEqual([])
    // Weeks before July are judged by other bands too; the week of 29 June goes by its Monday.
    expect(units.map(({ fromWeek, toWeek }) => `${fromWeek} ${toWeek}`)).toEqual(Array(2).fill('1970-01-05 2026-07-13'))
  })

  it('touches excuses of the weeks before a new day off, and complaints whose clocks ran on it', async () => {
    const { start, take } = createTestTables()
    await start('v1', rules)()
    const extra = dated('2026-07-06', { holidays: ['2026-07-06'], jointLeave: [] }, '2026-07-06')
    await start('v2', { ...rules, calendar: { ...rules.calendar, daysOff: [...rules.calendar.daysOff, extra] } })()
    const { entities } = take()
    const days = entities.filter((entity) => entity.startsWith('day|ani')).sort()
    expect([days[0], days.at(-1), days.length]).toEqual(['day|ani|2026-05-22', 'day|ani|2026-07-06', 46])
    expect(entities).toContain('complaint|clock 2026-07-06 2026-07-06')
  })

  it('touches a unit of which a chart begins anew, or no longer does, and nothing else', async () => {
    const { state, start, take } = createTestTables()
    const decided = { unit: 'B', measure: 'A2', fromWeek: '2026-06-01' }
    const withCharts = (...rebasings: readonly RebasedChart[]) => ({ ...rules, rebasing: { rebasings } })
    await start('v1', rules)()
    await start('v1', withCharts(decided))()
    const touched = { entities: [], units: [{ unitId: 'B', fromWeek: '1970-01-05', toWeek: '2026-07-13' }] }
    expect(take()).toEqual(touched)
    await start('v1', withCharts(decided))()
    expect(take()).toEqual({ entities: [], units: [] })
    await start('v1', withCharts())()
    expect([take(), state.changes]).toEqual([touched, []])
  })

  it('goes on where another one stopped', async () => {
    const { state, start, take } = createTestTables()
    await start('v1', rules)()
    state.failing = 'day|by_event|2026-07-14'
    const v2 = () => start('v2', tolerance('2026-04-01'))()
    await expect(v2()).rejects.toThrow('Kafka is away')
    expect([state.applied?.version, state.underWay?.through]).toEqual(['v1', '2026-07-02'])
    expect(take().entities).toContain('day|ani|2026-04-01')
    state.failing = ''
    await v2()
    expect(take().entities.sort()[0]).toBe('day|ani|2026-07-03')
    expect(state.applied?.version).toBe('v2')
  })

  it('does not take the tables back to rules that are older than theirs', async () => {
    const { state, start, take } = createTestTables()
    await start('v2', tolerance('2026-07-13'))()
    await expect(start('v1', rules)()).rejects.toThrow(PolicyBehindError)
    expect([state.applied?.version, take().entities]).toEqual(['v2', []])
  })

  it('ends workers that have the old rules before anything is touched that they would work out by them', async () => {
    const { state, start, refuse, take } = createTestTables()
    const old = refuse('v1', ['v1'])
    await old()
    await start('v1', rules)()
    await old()
    // The first thing that the new one touches: by then the old one is to have ended.
    state.failing = 'day|by_event|2026-07-01'
    await expect(start('v2', tolerance('2026-07-01'))()).rejects.toThrow('Kafka is away')
    expect([take(), state.applied?.version]).toEqual([{ entities: [], units: [] }, 'v1'])
    await expect(old()).rejects.toThrow(PolicyBehindError)
    await refuse('v2', ['v1', 'v2'])()
    state.failing = ''
    await start('v2', tolerance('2026-07-01'))()
    await expect(old()).rejects.toThrow('version v2 of the rules, which this worker (v1) does not know')
    await refuse('v2', ['v1', 'v2'])()
  })
})
