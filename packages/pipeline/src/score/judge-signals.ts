import { addDays, daysBetween, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { BASELINE } from '@bina/scoring/charts/baseline'
import { isCharted, MEASURE_CHARTS } from '@bina/scoring/charts/chart-of-measure'
import { judgeChart, type WeekSignal } from '@bina/scoring/charts/judge-chart'
import { partedByRebasing, type RebasingPolicy } from '@bina/scoring/charts/rebasing-policy'
import { type DrawnChart, drawGaps, drawWeeks, type WeekGap } from '@bina/scoring/charts/week-chart'
import { roundMeasure } from '@bina/scoring/round-points'
import { type ScoringPolicy, scoringRulesOn } from '@bina/scoring/scoring-policy'
import type { SignalKey, SignalRow, SignalStore } from '../ports/signal-store.ts'

/** Units whose measures were written for these weeks. Units that the directory does not know (`known`) have no signals. */
export interface JudgedUnits {
  readonly unitIds: readonly string[]
  readonly known: ReadonlySet<string>
  readonly fromWeek: PlainDate
  readonly toWeek: PlainDate
  readonly readAt: string
}

export type JudgeSignals = (judged: JudgedUnits) => Promise<void>

// A changed week changes marks of runs of 7 points around it, and p-values of the 5 points after it.
const REACH = 7

/** Holds the weeks of judged units against their own control charts. Reads these units' history, and writes the rows that can have changed. */
export function createJudgeSignals(
  config: { readonly policyVersion: string },
  deps: { readonly store: SignalStore; readonly policy: ScoringPolicy; readonly rebasing: RebasingPolicy },
): JudgeSignals {
  return async ({ unitIds, known, fromWeek, toWeek, readAt }) => {
    const { measures, conduct } = await deps.store.history(unitIds, Object.keys(MEASURE_CHARTS))
    const options = { baseline: BASELINE, answerSpread: scoringRulesOn(deps.policy, toWeek).answerSpread }
    const rows: SignalRow[] = []
    const standing: SignalKey[] = []
    const take = (unitId: string, measure: keyof typeof MEASURE_CHARTS, chart: DrawnChart | undefined) => {
      if (chart === undefined) return
      for (const { week } of chart.points) standing.push({ unitId, measure, week })
      const wanted = changedBetween(chart, fromWeek, toWeek)
      for (const row of judgeChart(chart, MEASURE_CHARTS[measure].better, wanted))
        rows.push({ unitId, measure, ...rounded(row) })
    }
    for (const { unitId, measure, weeks } of measures) {
      if (!known.has(unitId) || !isCharted(measure)) continue
      for (const part of partedByRebasing(deps.rebasing, unitId, measure, weeks))
        take(unitId, measure, drawWeeks(MEASURE_CHARTS[measure], part, options))
    }
    for (const { unitId, dates } of conduct) {
      if (!known.has(unitId)) continue
      for (const part of partedByRebasing(deps.rebasing, unitId, 'S11', gapsOf(dates)))
        take(unitId, 'S11', drawGaps(part, options))
    }
    await deps.store.write(unitIds, rows, standing, { policyVersion: config.policyVersion, readAt })
  }
}

/** The last bits of a logarithm differ between machines, but the same figures must come out everywhere. */
function rounded(row: WeekSignal): WeekSignal {
  return {
    ...row,
    value: roundMeasure(row.value),
    centre: roundMeasure(row.centre),
    lowerLimit: roundMeasure(row.lowerLimit),
    upperLimit: roundMeasure(row.upperLimit),
    pValue: row.pValue === undefined ? undefined : Number(row.pValue.toPrecision(6)),
  }
}

/** Only dates are known: two cases of one day are taken as half a day apart, so that no gap is nothing. */
function gapsOf(dates: readonly PlainDate[]): readonly WeekGap[] {
  return dates.slice(1).map((date, i) => ({
    week: mondayOf(date),
    days: Math.max(0.5, daysBetween(dates[i] ?? date, date)),
  }))
}

/** Weeks whose row may differ after these ones were counted anew: all where the limits can have moved, else those near them. */
function changedBetween(chart: DrawnChart, fromWeek: PlainDate, toWeek: PlainDate): (week: PlainDate) => boolean {
  const lastOfBaseline = chart.points[BASELINE.lockAt - 1]?.week
  const byEvents = chart.kind === 'g' || chart.kind === 't'
  if (byEvents || lastOfBaseline === undefined || fromWeek <= lastOfBaseline) return () => true
  const first = chart.points.findIndex(({ week }) => week >= fromWeek)
  const from = chart.points[(first < 0 ? chart.points.length : first) - REACH]?.week ?? fromWeek
  const after = chart.points.findIndex(({ week }) => week > toWeek)
  const to = after < 0 ? addDays(toWeek, 7) : (chart.points[after + REACH]?.week ?? chart.points.at(-1)?.week ?? toWeek)
  return (week) => week >= from && week <= to
}
