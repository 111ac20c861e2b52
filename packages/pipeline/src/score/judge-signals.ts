import { daysBetween, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { BASELINE } from '@bina/scoring/charts/baseline'
import { changedPoints } from '@bina/scoring/charts/changed-points'
import { isCharted, MEASURE_CHARTS } from '@bina/scoring/charts/chart-of-measure'
import { judgeChart, type WeekSignal } from '@bina/scoring/charts/judge-chart'
import { partedByRebasing, type RebasingPolicy } from '@bina/scoring/charts/rebasing-policy'
import { RULES_REACH } from '@bina/scoring/charts/special-cause'
import { type DrawnChart, drawGaps, drawWeeks, type WeekGap } from '@bina/scoring/charts/week-chart'
import { roundMeasure } from '@bina/scoring/round-points'
import { type ScoringPolicy, scoringRulesOn } from '@bina/scoring/scoring-policy'
import type { SignalRow, SignalStore, WrittenSignals } from '../ports/signal-store.ts'

/** Units whose measures were written for these weeks. Units that the directory does not know (`known`) have no signals. */
export interface JudgedUnits {
  readonly unitIds: readonly string[]
  readonly known: ReadonlySet<string>
  readonly fromWeek: PlainDate
  readonly toWeek: PlainDate
  /** The week that has not ended. */
  readonly currentWeek: PlainDate
  readonly readAt: string
}

export type JudgeSignals = (judged: JudgedUnits) => Promise<void>

const measures = Object.keys(MEASURE_CHARTS)
// A chart of gaps between rare events is made of all of its weeks.
const byEvents = Object.entries(MEASURE_CHARTS).flatMap(([measure, chart]) => ('rare' in chart ? [measure] : []))

/**
 * Holds the weeks of judged units against their own control charts, and writes the rows that can have changed. Of a chart whose limits
 * are locked it reads these limits' points and the newest ones: a touched week costs the same after many years.
 */
export function createJudgeSignals(
  config: { readonly policyVersion: string },
  deps: { readonly store: SignalStore; readonly policy: ScoringPolicy; readonly rebasing: RebasingPolicy },
): JudgeSignals {
  const rebased = [...new Set(deps.rebasing.rebasings.map(({ unit }) => unit))]
  return async ({ unitIds, known, fromWeek, toWeek, currentWeek, readAt }) => {
    const history = await deps.store.history(unitIds, {
      measures,
      fromWeek,
      toWeek,
      baseline: BASELINE.lockAt,
      // Rows as far as the rules reach, and for each of them points as far again.
      around: 2 * RULES_REACH,
      wholeMeasures: byEvents,
      wholeUnits: rebased.filter((unit) => unitIds.includes(unit)),
    })
    const { answerSpread } = scoringRulesOn(deps.policy, toWeek)
    const options = { baseline: BASELINE, answerSpread, runningWeek: currentWeek }
    const rows: SignalRow[] = []
    const whole: WrittenSignals['whole'][number][] = []
    const take = (
      unitId: string,
      measure: keyof typeof MEASURE_CHARTS,
      charts: readonly (DrawnChart | undefined)[],
    ) => {
      const spans = charts.map((chart) => (chart === undefined ? 'all' : changedPoints(chart, fromWeek, toWeek)))
      // A chart in parts is written as one: rare enough not to be worth its own book-keeping.
      const isWhole = charts.length !== 1 || spans.includes('all')
      if (isWhole) whole.push({ unitId, measure })
      charts.forEach((chart, at) => {
        const span = spans[at]
        if (chart === undefined || span === undefined) return
        const { better } = MEASURE_CHARTS[measure]
        for (const row of judgeChart(chart, better, isWhole || span === 'all' ? undefined : span))
          rows.push(rounded(unitId, measure, row))
      })
    }
    for (const { unitId, measure, weeks } of history.measures) {
      if (!known.has(unitId) || !isCharted(measure)) continue
      const parts = partedByRebasing(deps.rebasing, unitId, measure, weeks)
      take(
        unitId,
        measure,
        parts.map((part) => drawWeeks(MEASURE_CHARTS[measure], part, options)),
      )
    }
    for (const { unitId, dates } of history.conduct) {
      if (!known.has(unitId)) continue
      const parts = partedByRebasing(deps.rebasing, unitId, 'S11', gapsOf(dates))
      take(
        unitId,
        'S11',
        parts.map((part) => drawGaps(part, options)),
      )
    }
    for (const unitId of unitIds)
      if (!known.has(unitId)) for (const measure of measures) whole.push({ unitId, measure })
    await deps.store.write({
      unitIds,
      rows,
      fromWeek,
      toWeek,
      whole,
      policyVersion: config.policyVersion,
      readAt,
    })
  }
}

/** The last bits of a logarithm differ between machines, but the same figures must come out everywhere. */
function rounded(unitId: string, measure: string, row: WeekSignal): SignalRow {
  const { week, chart, rule, direction, phase, pValue } = row
  return {
    unitId,
    measure,
    week,
    chart,
    value: roundMeasure(row.value),
    centre: roundMeasure(row.centre),
    lowerLimit: roundMeasure(row.lowerLimit),
    upperLimit: roundMeasure(row.upperLimit),
    rule,
    direction,
    pValue: pValue === undefined || pValue === 1 ? pValue : Number(pValue.toPrecision(6)),
    phase,
  }
}

/** Only dates are known: two cases of one day are taken as half a day apart, so that no gap is nothing. */
function gapsOf(dates: readonly PlainDate[]): readonly WeekGap[] {
  return dates.slice(1).map((date, i) => ({
    week: mondayOf(date),
    days: Math.max(0.5, daysBetween(dates[i] ?? date, date)),
  }))
}
