import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs, mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { Counts, CountsOf } from '@bina/scoring/counts'
import { judgeDiscipline } from '@bina/scoring/judge-discipline'
import { judgeMeasure } from '@bina/scoring/judge-measure'
import { judgeService } from '@bina/scoring/judge-service'
import type { MeasureId, WindowName } from '@bina/scoring/measure-id'
import { type ScoringPolicy, type ScoringRules, scoringRulesOn } from '@bina/scoring/scoring-policy'
import type { JudgedStore, MeasureRow, ScoreRow } from '../ports/judged-store.ts'
import type { TouchedUnit, TouchPublisher } from '../ports/touch-publisher.ts'
import type { UnitFacts, UnitSpan, WindowCount } from '../ports/unit-facts.ts'
import { createMemory } from './memory.ts'
import { chunks } from './read-entities.ts'
import { finalAfterDays, type Restate } from './restate.ts'
import { earlier, earliest, later, latest, touchedWeeks } from './touched-weeks.ts'

export interface JudgeConfig {
  readonly zone: string
  readonly policyVersion: string
}

export interface JudgeDeps {
  readonly facts: Pick<UnitFacts, 'spans' | 'count'>
  readonly store: Pick<JudgedStore, 'write'>
  readonly policy: ScoringPolicy
  readonly restate: Restate
  readonly touches: Pick<TouchPublisher, 'touchUnits'>
  readonly clock: () => number
}

const scoredTypes: ReadonlySet<string> = new Set(['kelurahan', 'kecamatan', 'upt'])
const unitsAtOnce = 200

// Small counts repeat all over a city, and a late event leaves most weeks as they were: the same counts are judged once.
const rememberedJudgements = 100_000
const scoredFrom: readonly (readonly [MeasureId, WindowName])[] = [
  ...(['A1', 'A2', 'A3', 'C1'] as const).map((measure) => [measure, 'R4'] as const),
  ...(['S1', 'S2', 'S3', 'S5', 'S6'] as const).flatMap((measure) => [
    [measure, 'R13'] as const,
    [measure, 'R26'] as const,
  ]),
  ['S4', 'R52'],
]

/**
 * Counts and judges the touched weeks of units anew, up to the week that runs now, and hands these on for what follows from them: people
 * wait for scores, so nothing else stands in their way.
 */
export function createJudgeTouched(
  config: JudgeConfig,
  deps: JudgeDeps,
): (touched: readonly TouchedUnit[]) => Promise<void> {
  const measured = createMemory<Pick<MeasureRow, 'estimate' | 'lower80' | 'upper80'>>(rememberedJudgements)
  const scored = createMemory<readonly Omit<ScoreRow, 'unitId' | 'week' | 'status'>[]>(rememberedJudgements)
  const rulesByWeek = createMemory<ScoringRules>(1_000)
  const rulesOf = (week: PlainDate, unitType: string) =>
    rulesByWeek(`${week} ${unitType}`, () => scoringRulesOn(deps.policy, week, unitType))

  const judgeSome = async (touched: readonly TouchedUnit[], nowMs: number): Promise<readonly TouchedUnit[]> => {
    const currentWeek = mondayOf(dateIn(config.zone, nowMs))
    const unitIds = touched.map(({ unitId }) => unitId)
    // Asked before the counts: a fact that comes in between touches its unit once more.
    const spans = new Map((await deps.facts.spans(unitIds, nowMs)).map((span) => [span.unitId, span]))
    const units = touched.map((unit) => withMovedBeginning(unit, spans.get(unit.unitId), currentWeek))
    const touchedFrom = earliest(units.map((unit) => unit.fromWeek))
    const toWeek = earlier(latest(units.map((unit) => unit.toWeek)), currentWeek)
    if (touchedFrom > toWeek) return []
    // Before their first fact nothing is to be counted, but rows of a fact that was taken back may stand there.
    const firsts = [...spans.values()].flatMap(({ firstWeek }) => firstWeek ?? [])
    const fromWeek = later(touchedFrom, earliest(firsts.length > 0 ? firsts : [currentWeek]))
    const { readAt, counts } = await deps.facts.count(unitIds, fromWeek, toWeek, nowMs)
    const measures: MeasureRow[] = []
    const lookup = new Map<string, WindowCount>()
    for (const count of counts) {
      const span = spans.get(count.unitId)
      if (span === undefined || span.versions.length === 0) continue // kept, and counted once the unit is known
      lookup.set(`${count.unitId}|${count.week}|${count.measure}|${count.window}`, count)
      const { week, measure, numerator, denominator, squaredDays } = count
      const unitType = scoredTypeIn(span, week) ?? ''
      const rules = rulesOf(week, unitType)
      measures.push({
        ...count,
        ...measured(`${week} ${unitType} ${measure} ${nameOfCounts(count)}`, () =>
          judgeMeasure({ numerator, denominator, squaredDays, measure: measure as MeasureId }, rules),
        ),
      })
    }
    const scores: ScoreRow[] = []
    for (const unitId of unitIds) {
      const span = spans.get(unitId)
      if (span?.firstWeek === undefined) continue
      for (let week = later(fromWeek, span.firstWeek); week <= toWeek; week = addDays(week, 7)) {
        const unitType = scoredTypeIn(span, week)
        if (unitType === undefined) continue
        const countOf: CountsOf = (measure, window) =>
          lookup.get(`${unitId}|${week}|${measure}|${window}`) ?? { numerator: 0, denominator: 0 }
        const finalAtMs = cutOffMs(config.zone, addDays(week, finalAfterDays))
        const status = nowMs >= finalAtMs ? 'final' : 'provisional'
        const counted = scoredFrom.map(([measure, window]) => nameOfCounts(countOf(measure, window)))
        const judged = scored(`${week} ${unitType} ${counted.join(' ')}`, () => [
          judgeDiscipline(countOf, rulesOf(week, unitType)),
          judgeService(countOf, rulesOf(week, unitType)),
        ])
        for (const score of judged) scores.push({ unitId, week, status, ...score })
      }
    }
    const sayMoves = await deps.restate({ unitIds, fromWeek: touchedFrom, toWeek, scores, readAt, nowMs })
    const { policyVersion } = config
    await deps.store.write({ unitIds, fromWeek: touchedFrom, toWeek, policyVersion, measures, scores }, readAt)
    await sayMoves()
    return units.map((unit) => ({ ...unit, scope: 'judged' }))
  }

  return async (touched) => {
    const nowMs = deps.clock()
    const judged: TouchedUnit[] = []
    // Units touched over like spans go together, so that one old event does not make all of them count a year.
    const units = [...touchedWeeks.joined(touched.filter(({ scope }) => scope === undefined))].sort((a, b) =>
      a.fromWeek < b.fromWeek ? -1 : a.fromWeek > b.fromWeek ? 1 : 0,
    )
    for (const some of chunks(units, unitsAtOnce)) judged.push(...(await judgeSome(some, nowMs)))
    await deps.touches.touchUnits(judged)
  }
}

/** What a judgement hangs on, beside the rules. */
const nameOfCounts = ({ numerator, denominator, squaredDays }: Counts) =>
  `${numerator}/${denominator}/${squaredDays ?? ''}`

/** A unit has scores from its first fact on: when that moves, all its weeks are to be judged, and not those near the fact alone. */
function withMovedBeginning(unit: TouchedUnit, span: UnitSpan | undefined, currentWeek: PlainDate): TouchedUnit {
  const first = span && firstScoredWeek(span, currentWeek)
  if (first === span?.scoredFrom) return unit
  return { unitId: unit.unitId, fromWeek: earlier(first ?? unit.fromWeek, unit.fromWeek), toWeek: currentWeek }
}

function firstScoredWeek(span: UnitSpan, currentWeek: PlainDate): PlainDate | undefined {
  if (span.firstWeek === undefined) return undefined
  for (let week = span.firstWeek; week <= currentWeek; week = addDays(week, 7))
    if (scoredTypeIn(span, week) !== undefined) return week
  return undefined
}

/** The latest type under which the directory knows the unit on a day of the week, as one that is scored. */
export function scoredTypeIn({ versions }: UnitSpan, week: PlainDate): string | undefined {
  for (const day of [6, 5, 4, 3, 2, 1, 0]) {
    const date = addDays(week, day)
    const version = versions.findLast(({ validFrom }) => validFrom <= date)
    if (version === undefined || !scoredTypes.has(version.unitType)) continue
    if (version.validTo === undefined || version.validTo >= date) return version.unitType
  }
  return undefined
}
