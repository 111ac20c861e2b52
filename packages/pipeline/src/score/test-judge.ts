import { readFileSync } from 'node:fs'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { scoringPolicySchema } from '@bina/scoring/scoring-policy'
import { parse } from 'yaml'
import { calendar, zone } from '../fold/test-city.ts'
import type { UnitPlace } from '../ports/area-figures.ts'
import type { JudgedStore, MeasureRow, ScoreRow } from '../ports/judged-store.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import type { UnitFacts, UnitSpan, WindowCount } from '../ports/unit-facts.ts'
import { createFollowJudged } from './follow-judged.ts'
import { createJudgeAreas } from './judge-areas.ts'
import { createJudgeTouched } from './judge-touched.ts'
import { createTestAreas } from './test-areas.ts'
import { touchedWeeks } from './touched-weeks.ts'

// Tests only: person-days in memory, counted plainly, and the rows that are judged from them.

export const policy = scoringPolicySchema.parse(
  parse(readFileSync(new URL('../../../../policy/scoring.yaml', import.meta.url), 'utf8')),
)

type Version = UnitSpan['versions'][number]
export const always: readonly Version[] = [{ unitType: 'kelurahan', validFrom: '2020-01-01', validTo: undefined }]

export function createTestJudge(clock: () => number) {
  /** `date person` of each unit, and whether the person was present. */
  const days = new Map<string, Map<string, boolean>>()
  const directory = new Map<string, readonly Version[]>()
  const measures = new Map<string, MeasureRow>()
  const scores = new Map<string, ScoreRow>()
  let ticks = 0
  const now = () => String(++ticks).padStart(9, '0')
  const daysOf = (unitId: string) => days.get(unitId) ?? new Map<string, boolean>()

  const facts: UnitFacts = {
    spans: async (unitIds, fromWeek) =>
      unitIds.map((unitId) => {
        const versions = directory.get(unitId) ?? []
        const scored = [...scores.values()].filter((row) => row.unitId === unitId).map(({ week }) => week)
        const weekBefore = addDays(fromWeek, -7)
        if (scored.includes(weekBefore)) return { unitId, firstWeek: weekBefore, scoredFrom: weekBefore, versions }
        const first = [...daysOf(unitId).keys()].sort()[0]?.slice(0, 10)
        return {
          unitId,
          firstWeek: first === undefined ? undefined : mondayOf(first),
          scoredFrom: scored.sort()[0],
          versions,
        }
      }),
    serverTime: async () => now(),
    cases: async () => [],
    attendance: async (unitIds, fromWeek, toWeek) => (await facts.count(unitIds, fromWeek, toWeek, clock())).counts,
    count: async (unitIds, fromWeek, toWeek) => {
      const counts: WindowCount[] = []
      for (const unitId of unitIds) {
        for (let week = fromWeek; week <= toWeek; week = addDays(week, 7)) {
          for (const [window, length] of [
            ['W1', 1],
            ['R4', 4],
          ] as const) {
            const from = addDays(week, -7 * (length - 1))
            const within = [...daysOf(unitId)].filter(([name]) => name >= from && name.slice(0, 10) < addDays(week, 7))
            const numerator = within.filter(([, present]) => present).length
            if (within.length > 0)
              counts.push({ unitId, week, measure: 'A1', window, numerator, denominator: within.length })
          }
        }
      }
      return { readAt: now(), counts }
    },
    allUnits: async () => [...directory.keys()],
  }
  const store: JudgedStore = {
    write: async (judgement) => {
      const isMeant = ({ unitId, week }: { unitId: string; week: string }) =>
        judgement.unitIds.includes(unitId) && week >= judgement.fromWeek && week <= judgement.toWeek
      for (const [name, row] of measures) if (isMeant(row)) measures.delete(name)
      for (const [name, row] of scores) if (isMeant(row)) scores.delete(name)
      for (const row of judgement.measures) measures.set([row.unitId, row.week, row.measure, row.window].join(' '), row)
      for (const row of judgement.scores) scores.set([row.unitId, row.week, row.score].join(' '), row)
    },
    writeDurations: async () => {},
  }
  const areas = createTestAreas(measures, now)
  const judgeAreas = createJudgeAreas(
    { zone, policyVersion: 'v1' },
    { figures: areas.figures, policy, judgeSignals: async () => {}, clock },
  )
  const waiting: TouchedUnit[] = []
  const handedOn: TouchedUnit[] = []
  const touches = {
    touchUnits: async (units: readonly TouchedUnit[]) => {
      waiting.push(...units)
      handedOn.push(...units.filter(({ scope }) => scope === 'area'))
    },
  }
  const judgeOnce = createJudgeTouched(
    { zone, policyVersion: 'v1' },
    { facts, store, policy, restate: async () => async () => {}, touches, clock },
  )
  const followJudged = createFollowJudged(
    { zone, policyVersion: 'v1' },
    { facts, store, calendar, judgeSignals: async () => {}, areas: judgeAreas, touches, clock },
  )
  const judge = async (touched: readonly TouchedUnit[]) => {
    await judgeOnce(touched)
    await followJudged(waiting.splice(0))
    await judgeAreas.judge([...touched, ...waiting.splice(0)])
  }
  return {
    judge,
    days,
    /** Somebody was there, or was not; `undefined` takes it back. Judged as the fold would have it judged. */
    personDay: async (unitId: string, date: PlainDate, present: boolean | undefined, person = 'p') => {
      const known = daysOf(unitId)
      days.set(unitId, known)
      if (present === undefined) known.delete(`${date} ${person}`)
      else known.set(`${date} ${person}`, present)
      await judge(touchedWeeks.ofDay(date, [unitId]))
    },
    unit: async (unitId: string, versions: readonly Version[]) => {
      directory.set(unitId, versions)
      await judge(touchedWeeks.ofUnit(zone, unitId, clock()))
    },
    /** What the directory says of a unit's place; its area and those above, before and after, are added up anew. */
    place: async (unitId: string, versions: UnitPlace['versions']) => {
      const before = await areas.figures.areasOf([unitId])
      areas.places.set(unitId, versions)
      directory.set(unitId, versions)
      await judge(touchedWeeks.ofUnit(zone, unitId, clock()))
      const above = new Set([...before, ...(await areas.figures.areasOf([unitId])), unitId])
      await judge(touchedWeeks.ofAreas(zone, [...above], clock()))
    },
    /** Every area that units have handed on, in order. */
    handedOn,
    areas: () => new Map([...areas.rows].sort()),
    weeksScored: (unitId: string) =>
      [...scores.values()]
        .filter((row) => row.unitId === unitId && row.score === 'discipline')
        .map(({ week }) => week)
        .sort(),
    scores: () => new Map([...scores].sort()),
    measures: () => new Map([...measures].sort()),
  }
}
