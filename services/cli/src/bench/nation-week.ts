import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { BASELINE } from '@bina/scoring/charts/baseline'
import { type ChartedMeasure, MEASURE_CHARTS } from '@bina/scoring/charts/chart-of-measure'
import { judgeChart } from '@bina/scoring/charts/judge-chart'
import { type DrawnChart, drawGaps, drawWeeks } from '@bina/scoring/charts/week-chart'
import type { Counts, CountsOf } from '@bina/scoring/counts'
import { judgeDiscipline } from '@bina/scoring/judge-discipline'
import { judgeMeasure } from '@bina/scoring/judge-measure'
import { judgeService } from '@bina/scoring/judge-service'
import { MEASURE_IDS, type MeasureId, WINDOW_WEEKS, type WindowName } from '@bina/scoring/measure-id'
import { type ScoringPolicy, scoringRulesOn } from '@bina/scoring/scoring-policy'

export interface NationRun {
  readonly units: number
  /** Of the clock on the wall, while judging. */
  readonly wallSeconds: number
  /** Seconds of one core, as all that follow. */
  readonly measuresSeconds: number
  readonly scoresSeconds: number
  readonly signalsSeconds: number
  readonly coreSeconds: number
  /** So that nothing can be left out as unused. */
  readonly scored: number
  readonly signals: number
}

const historyWeeks = 26
const unitsAtOnce = 500
const charted = (Object.keys(MEASURE_CHARTS) as ChartedMeasure[]).filter((measure) => measure !== 'S11')

/** Judges one week of many units from counts that are made up before the clock runs: every measure, both scores with intervals and bands,
 *  and the week's point on every control chart of 26 weeks. One thread, hence a part of the nation's units: those from `from` up to `to`.
 *  Nothing is remembered from one unit to the next. */
export function judgeNationWeek(
  policy: ScoringPolicy,
  week: PlainDate,
  { from, to }: { readonly from: number; readonly to: number },
): NationRun {
  const rules = scoringRulesOn(policy, week, 'kelurahan')
  const weeks = Array.from({ length: historyWeeks }, (_, at) => addDays(week, 7 * (at - historyWeeks + 1)))
  const spent = { measures: 0, scores: 0, signals: 0 }
  let [wallMs, scored, signals] = [0, 0, 0]
  const timed = (step: keyof typeof spent, work: () => void) => {
    const startMs = performance.now()
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    wallMs += performance.now() - startMs
    spent[step] += (user + system) / 1000
  }
  const options = { baseline: BASELINE, answerSpread: rules.answerSpread }
  for (let first = from; first < to; first += unitsAtOnce) {
    const some = Array.from({ length: Math.min(unitsAtOnce, to - first) }, (_, at) => madeUp(first + at, weeks))
    timed('measures', () => {
      for (const { counts } of some) for (const one of counts.values()) judgeMeasure(one, rules)
    })
    timed('scores', () => {
      for (const { counts } of some) {
        const of: CountsOf = (measure, window) => counts.get(`${measure} ${window}`) ?? { numerator: 0, denominator: 0 }
        for (const score of [judgeDiscipline(of, rules), judgeService(of, rules)]) if (score.value !== null) scored++
      }
    })
    timed('signals', () => {
      for (const { histories, gaps } of some) {
        for (const { measure, weeks: history } of histories) {
          const chart = drawWeeks(MEASURE_CHARTS[measure], history, options)
          if (chart !== undefined)
            signals += judgeChart(chart, MEASURE_CHARTS[measure].better, lastOf(chart)).filter(
              ({ rule }) => rule !== '',
            ).length
        }
        const chart = drawGaps(gaps, options)
        if (chart !== undefined) signals += judgeChart(chart, 'higher', lastOf(chart)).length
      }
    })
  }
  return {
    units: to - from,
    wallSeconds: wallMs / 1000,
    measuresSeconds: spent.measures / 1000,
    scoresSeconds: spent.scores / 1000,
    signalsSeconds: spent.signals / 1000,
    coreSeconds: (spent.measures + spent.scores + spent.signals) / 1000,
    scored,
    signals,
  }
}

// What a week's rows are: each measure in its own window, the charted ones by week too, and the wide window of what may be thin.
const windowOf = (measure: MeasureId): WindowName => (measure === 'S4' ? 'R52' : /^[ABC]/.test(measure) ? 'R4' : 'R13')
const widened: readonly MeasureId[] = ['S1', 'S2', 'S3', 'S5', 'S6']

function madeUp(unit: number, weeks: readonly PlainDate[]) {
  const random = randomOf(unit)
  const counts = new Map<string, Counts & { readonly measure: MeasureId }>()
  const add = (measure: MeasureId, window: WindowName) =>
    counts.set(`${measure} ${window}`, { measure, ...countsOf(measure, window, random) })
  for (const measure of MEASURE_IDS) if (measure !== 'S7' && measure !== 'S11') add(measure, windowOf(measure))
  for (const measure of charted) add(measure, 'W1')
  for (const measure of widened) add(measure, 'R26')
  const histories = charted.map((measure) => ({
    measure,
    weeks: weeks.map((week) => ({ week, ...countsOf(measure, 'W1', random) })),
  }))
  const gaps = Array.from({ length: 8 }, (_, at) => ({ week: weeks[at * 3] ?? '', days: 1 + random() * 40 }))
  return { counts, histories, gaps }
}

const lastOf = ({ weeks }: DrawnChart) => [weeks.length - 1, weeks.length] as const

function countsOf(measure: MeasureId, window: WindowName, random: () => number): Counts {
  const perWeek = measure.startsWith('S') || measure.startsWith('K') ? 3 : 60
  const denominator = Math.max(1, Math.round(perWeek * WINDOW_WEEKS[window] * (0.5 + random())))
  const share = Math.min(1, 0.5 + random() * 0.5)
  if (measure === 'S5' || measure === 'S6')
    return { numerator: Math.round(denominator * share * 100) / 100, denominator }
  const counts = { numerator: Math.round(denominator * share), denominator }
  return ['A1', 'A2', 'A3'].includes(measure) ? { ...counts, squaredDays: denominator * (2 + random() * 15) } : counts
}

/** Mulberry32, from the unit's number: the same counts in every run. */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
