import type { PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { judgeMeasure } from '@bina/scoring/judge-measure'
import { type ScoringPolicy, type ScoringRules, scoringRulesOn } from '@bina/scoring/scoring-policy'
import { noUnit } from '../fold/no-unit.ts'
import type { AreaFigures } from '../ports/area-figures.ts'
import type { MeasureRow } from '../ports/judged-store.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import type { WindowCount } from '../ports/unit-facts.ts'
import { createAreaTree } from './area-tree.ts'
import type { JudgeSignals } from './judge-signals.ts'
import { createMemory } from './memory.ts'
import { intakeOf, type PooledCount, poolCounts, sharedOut } from './pool-counts.ts'
import { touchedWeeks } from './touched-weeks.ts'

export interface JudgeAreasConfig {
  readonly zone: string
  readonly policyVersion: string
}

export interface JudgeAreasDeps {
  readonly figures: AreaFigures
  readonly policy: ScoringPolicy
  /** Complaints by residents are charted from area rows. */
  readonly judgeSignals: JudgeSignals
  readonly clock: () => number
}

/** What a unit's judged weeks mean for the areas above it. */
export interface JudgedWeeks {
  readonly unitIds: readonly string[]
  readonly fromWeek: PlainDate
  readonly toWeek: PlainDate
  readonly nowMs: number
  readonly readAt: string
  /** Those of them that the directory knows; the others add nothing to anything. */
  readonly known: ReadonlySet<string>
  /** The counts that their own rows were judged from. */
  readonly counts: readonly WindowCount[]
}

export interface JudgeAreas {
  /** Stores what units add to their areas in these weeks, and says which areas that touches. After their own rows are written. */
  readonly partsOf: (judged: JudgedWeeks) => Promise<readonly TouchedUnit[]>
  /** Adds up the touched weeks of areas anew; units' own weeks are passed over. Told to stop it leaves off before the next areas, and throws:
   *  all of it is to come again. */
  readonly judge: (touched: readonly TouchedUnit[], stopping?: AbortSignal) => Promise<void>
}

const areasAtOnce = 100
const rememberedJudgements = 20_000

/**
 * Roll-ups: an area's figures are those of its unit and of all units below it added up, numerators and denominators, and never means of
 * scores (domain.md 5.1). They are judged by the priors that hold for units of every type: an area is no unit of its own.
 */
export function createJudgeAreas(config: JudgeAreasConfig, deps: JudgeAreasDeps): JudgeAreas {
  const { figures } = deps
  const measured = createMemory<Pick<MeasureRow, 'estimate' | 'lower80' | 'upper80'>>(rememberedJudgements)
  const rulesByWeek = createMemory<ScoringRules>(1_000)
  const judged = (count: PooledCount): MeasureRow => {
    const { week, measure, numerator, denominator, squaredDays } = count
    return {
      ...count,
      ...measured(`${week} ${measure} ${numerator}/${denominator}/${squaredDays ?? ''}`, () => {
        const rules = rulesByWeek(week, () => scoringRulesOn(deps.policy, week))
        return judgeMeasure({ numerator, denominator, squaredDays, measure }, rules)
      }),
    }
  }

  const judgeSome = async (touched: readonly TouchedUnit[], currentWeek: PlainDate) => {
    const [fromWeek = currentWeek] = touched.map((area) => area.fromWeek).sort()
    const lastWeek =
      touched
        .map((area) => area.toWeek)
        .sort()
        .at(-1) ?? currentWeek
    const weeks = { fromWeek, toWeek: lastWeek < currentWeek ? lastWeek : currentWeek }
    if (weeks.fromWeek > weeks.toWeek) return
    const areaIds = touched.map(({ unitId }) => unitId)
    const { readAt, places } = await figures.placesBelow(areaIds)
    const tree = createAreaTree(places)
    const known = new Set(places.flatMap(({ unitId, versions }) => (versions.length > 0 ? [unitId] : [])))
    const members = areaIds.flatMap((areaId) => (known.has(areaId) ? tree.membersOf(areaId, weeks) : []))
    const pooled = poolCounts(await figures.pooled(members, weeks))
    const measures = [...pooled, ...intakeOf(pooled, tree.populationOf)].map(judged)
    await figures.write({ ...weeks, unitIds: areaIds, policyVersion: config.policyVersion, measures }, readAt)
    await deps.judgeSignals({ unitIds: areaIds, known, ...weeks, currentWeek, readAt })
  }

  return {
    partsOf: async ({ unitIds, fromWeek, toWeek, nowMs, readAt, known, counts }) => {
      const weeks = { fromWeek, toWeek }
      const counting = [...known, ...(unitIds.includes(noUnit) ? [noUnit] : [])]
      // Whoever puts a unit elsewhere meanwhile touches it, and the areas, once more.
      const [counted, areaIds] = await Promise.all([figures.parts(counting, weeks, nowMs), figures.areasOf(unitIds)])
      const shared = counts.flatMap((count) =>
        sharedOut.has(count.measure) && known.has(count.unitId)
          ? [{ ...count, squares: count.squaredDays ?? count.denominator }]
          : [],
      )
      await figures.writeParts(unitIds, weeks, [...shared, ...counted], readAt)
      return areaIds.map((unitId) => ({ unitId, fromWeek, toWeek, scope: 'area' }))
    },
    judge: async (touched, stopping) => {
      const currentWeek = mondayOf(dateIn(config.zone, deps.clock()))
      const areas = touchedWeeks.joined(touched.filter(({ scope }) => scope === 'area'))
      for (const some of touchedWeeks.inTurn(areas, { currentWeek, atOnce: areasAtOnce })) {
        stopping?.throwIfAborted()
        await judgeSome(some, currentWeek)
      }
    },
  }
}
