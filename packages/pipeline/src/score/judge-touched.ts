import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs, mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { Counts, CountsOf } from '@bina/scoring/counts'
import { judgeDiscipline } from '@bina/scoring/judge-discipline'
import { judgeMeasure } from '@bina/scoring/judge-measure'
import { judgeService } from '@bina/scoring/judge-service'
import type { MeasureId } from '@bina/scoring/measure-id'
import { type ScoringPolicy, type ScoringRules, scoringRulesOn } from '@bina/scoring/scoring-policy'
import type { JudgedStore, MeasureRow, ScoreRow } from '../ports/judged-store.ts'
import type { TouchedUnit, TouchPublisher } from '../ports/touch-publisher.ts'
import type { UnitFacts, UnitSpan, WindowCount } from '../ports/unit-facts.ts'
import { createMemory } from './memory.ts'
import { finalAfterDays, type Restate, type SayMoves } from './restate.ts'
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
// A city of some two hundred in one go: a question has a price of its own, whatever it asks about.
const unitsAtOnce = 200

// Small counts repeat all over a city, and a late event leaves most weeks as they were: the same counts are judged once.
const rememberedJudgements = 100_000
/** Each score, and the counts that it is judged from: a complaint leaves a unit's discipline as it was. */
const judges = [
  {
    name: 'discipline',
    judge: judgeDiscipline,
    from: (['A1', 'A2', 'A3', 'C1'] as const).map((measure) => [measure, 'R4'] as const),
  },
  {
    name: 'service',
    judge: judgeService,
    from: [
      ...(['S1', 'S2', 'S3', 'S5', 'S6'] as const).flatMap((measure) => [
        [measure, 'R13'] as const,
        [measure, 'R26'] as const,
      ]),
      ['S4', 'R52'] as const,
    ],
  },
] as const
const nothing: Counts = { numerator: 0, denominator: 0 }

interface NamedRules {
  readonly rules: ScoringRules
  readonly name: string
}

interface Judged {
  /** With the weeks that were judged. */
  readonly units: readonly TouchedUnit[]
  /** To be called once all scores of the batch are there for all to see. */
  readonly sayMoves: SayMoves
}

interface UnitWeek {
  /** Undefined: its week has no score. */
  readonly unitType: string | undefined
  readonly rules: NamedRules
  /** By `measure window`. */
  readonly counts: Map<string, WindowCount>
}

/**
 * Counts and judges the touched weeks of units anew, up to the week that runs now, and hands these on for what follows from them: people
 * wait for scores, so nothing else stands in their way. Told to stop it leaves off before the next units, and throws: all of it is to come
 * again, and what was judged by then is judged alike.
 */
export function createJudgeTouched(
  config: JudgeConfig,
  deps: JudgeDeps,
): (touched: readonly TouchedUnit[], stopping?: AbortSignal) => Promise<void> {
  const measured = createMemory<Pick<MeasureRow, 'estimate' | 'lower80' | 'upper80'>>(rememberedJudgements)
  const scored = createMemory<Omit<ScoreRow, 'unitId' | 'week' | 'status'>>(rememberedJudgements)
  const rulesByWeek = createMemory<NamedRules>(1_000)
  const names = new Map<string, string>()
  /** Weeks and types with the same rules share their name, and so what was judged by them. */
  const rulesOf = (week: PlainDate, unitType: string) =>
    rulesByWeek(`${week} ${unitType}`, () => {
      const rules = scoringRulesOn(deps.policy, week, unitType)
      const said = JSON.stringify(rules)
      const name = names.get(said) ?? String(names.size)
      names.set(said, name)
      return { rules, name }
    })

  /** Asked before the counts: a fact that comes in between touches its unit once more. Asked anew where a unit's beginning has moved to before
   *  the weeks that were asked about. */
  const beginningsOf = async (touched: readonly TouchedUnit[], currentWeek: PlainDate, nowMs: number) => {
    const unitIds = touched.map(({ unitId }) => unitId)
    for (let from = earliest(touched.map(({ fromWeek }) => fromWeek)); ; ) {
      const spans = new Map((await deps.facts.spans(unitIds, from, nowMs)).map((span) => [span.unitId, span]))
      const units = touched.map((unit) => withMovedBeginning(unit, spans.get(unit.unitId), currentWeek))
      const touchedFrom = earliest(units.map(({ fromWeek }) => fromWeek))
      if (touchedFrom >= from) return { spans, units }
      from = touchedFrom
    }
  }

  const judgeSome = async (touched: readonly TouchedUnit[], nowMs: number): Promise<Judged> => {
    const currentWeek = mondayOf(dateIn(config.zone, nowMs))
    const unitIds = touched.map(({ unitId }) => unitId)
    const { spans, units } = await beginningsOf(touched, currentWeek, nowMs)
    const touchedFrom = earliest(units.map((unit) => unit.fromWeek))
    const toWeek = earlier(latest(units.map((unit) => unit.toWeek)), currentWeek)
    if (touchedFrom > toWeek) return { units: [], sayMoves: async () => {} }
    // Before their first fact nothing is to be counted, but rows of a fact that was taken back may stand there.
    const firsts = [...spans.values()].flatMap(({ firstWeek }) => firstWeek ?? [])
    const fromWeek = later(touchedFrom, earliest(firsts.length > 0 ? firsts : [currentWeek]))
    const { readAt, counts } = await deps.facts.count(unitIds, fromWeek, toWeek, nowMs)
    // There are some forty counts of each week: what they have in common is looked up once.
    const weeksOf = new Map<string, Map<PlainDate, UnitWeek>>()
    const unitWeekOf = (span: UnitSpan, week: PlainDate): UnitWeek => {
      const weeks = weeksOf.get(span.unitId) ?? new Map<PlainDate, UnitWeek>()
      weeksOf.set(span.unitId, weeks)
      const known = weeks.get(week)
      if (known !== undefined) return known
      const unitType = scoredTypeIn(span, week)
      const unitWeek = { unitType, rules: rulesOf(week, unitType ?? ''), counts: new Map<string, WindowCount>() }
      weeks.set(week, unitWeek)
      return unitWeek
    }
    const measures: MeasureRow[] = []
    for (const count of counts) {
      const span = spans.get(count.unitId)
      if (span === undefined || span.versions.length === 0) continue // kept, and counted once the unit is known
      const { unitId, week, measure, window, numerator, denominator, squaredDays } = count
      const { rules, counts: ofWeek } = unitWeekOf(span, week)
      ofWeek.set(`${measure} ${window}`, count)
      const { estimate, lower80, upper80 } = measured(`${rules.name} ${measure} ${nameOfCounts(count)}`, () =>
        judgeMeasure({ numerator, denominator, squaredDays, measure: measure as MeasureId }, rules.rules),
      )
      measures.push({ unitId, week, measure, window, numerator, denominator, estimate, lower80, upper80 })
    }
    const scores: ScoreRow[] = []
    for (const unitId of unitIds) {
      const span = spans.get(unitId)
      if (span?.firstWeek === undefined) continue
      for (let week = later(fromWeek, span.firstWeek); week <= toWeek; week = addDays(week, 7)) {
        const { unitType, rules, counts: ofWeek } = unitWeekOf(span, week)
        if (unitType === undefined) continue
        const countOf: CountsOf = (measure, window) => ofWeek.get(`${measure} ${window}`) ?? nothing
        const finalAtMs = cutOffMs(config.zone, addDays(week, finalAfterDays))
        const status = nowMs >= finalAtMs ? 'final' : 'provisional'
        for (const { name, judge, from } of judges) {
          const counted = from.map(([measure, window]) => nameOfCounts(countOf(measure, window)))
          const score = scored(`${rules.name} ${name} ${counted.join(' ')}`, () => judge(countOf, rules.rules))
          scores.push({ unitId, week, status, ...score })
        }
      }
    }
    const sayMoves = await deps.restate({ unitIds, fromWeek: touchedFrom, toWeek, scores, readAt, nowMs })
    const { policyVersion } = config
    await deps.store.write({ unitIds, fromWeek: touchedFrom, toWeek, policyVersion, measures, scores }, readAt)
    return { units, sayMoves }
  }

  return async (touched, stopping) => {
    const nowMs = deps.clock()
    const judged: Judged[] = []
    const units = touchedWeeks.joined(touched.filter(({ scope }) => scope === undefined))
    const currentWeek = mondayOf(dateIn(config.zone, nowMs))
    for (const some of touchedWeeks.inTurn(units, { currentWeek, atOnce: unitsAtOnce })) {
      stopping?.throwIfAborted()
      judged.push(await judgeSome(some, nowMs))
    }
    for (const { sayMoves } of judged) await sayMoves()
    await deps.touches.touchUnits(judged.flatMap(({ units }) => units.map((unit) => ({ ...unit, scope: 'judged' }))))
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
