import { describe, expect, it } from 'vitest'
import { BASELINE } from './baseline.ts'
import { MEASURE_CHARTS } from './chart-of-measure.ts'
import { CITY_FALSE_DISCOVERY, falseDiscoveryCut } from './false-discovery.ts'
import { judgeChart, type WeekSignal } from './judge-chart.ts'
import { createTestCity, type Story, type UnitHistory, weekAt } from './test-city.ts'
import { type DrawnChart, drawGaps, drawWeeks } from './week-chart.ts'

// Figures for docs/measures.md, "Signals", from more cities and other seeds: raise `cities`, and read the messages.
const cities = 1
const measures = ['A1', 'A2', 'A3', 'A4', 'S2', 'S11'] as const
const unitsOfCity = 185

/** The row of the week that is the newest when it is judged; later weeks are not known yet. */
function newest(history: UnitHistory, measure: (typeof measures)[number], index: number): WeekSignal | undefined {
  const week = weekAt(index)
  const options = { baseline: BASELINE, answerSpread: 0.28 }
  const known = <T extends { readonly week: string }>(points: readonly T[]) =>
    points.filter((point) => point.week <= week)
  const chart =
    measure === 'S11'
      ? drawGaps(known(history.gaps), options)
      : drawWeeks(MEASURE_CHARTS[measure], known(history.weeks[measure]), options)
  return chart && judgeChart(chart, MEASURE_CHARTS[measure].better, spanOf(chart, week))[0]
}

const spanOf = (chart: DrawnChart, week: string) =>
  [chart.weeks.indexOf(week), chart.weeks.includes(week) ? chart.weeks.lastIndexOf(week) + 1 : -1] as const

function quietCity(seed: number, phi: number) {
  const city = createTestCity(seed)
  const histories = Array.from({ length: unitsOfCity }, () => city.history(city.unit(), 60, phi))
  let [weeks, flagged, listed, charts] = [0, 0, 0, 0]
  for (let index = 26; index < 60; index += 6) {
    const rows = histories.flatMap((history) => measures.flatMap((measure) => newest(history, measure, index) ?? []))
    const cut = falseDiscoveryCut(
      rows.flatMap(({ pValue }) => pValue ?? []),
      CITY_FALSE_DISCOVERY,
    )
    weeks++
    charts += rows.length
    flagged += rows.filter(({ rule }) => rule !== '').length
    listed += rows.filter(
      ({ rule, pValue }) => rule !== '' && pValue !== undefined && cut !== undefined && pValue <= cut,
    ).length
  }
  return { weeks, flagged, listed, charts }
}

const drawn = (phi: number) => {
  const all = Array.from({ length: cities }, (_, seed) => quietCity(seed + 1, phi))
  const sum = (field: 'weeks' | 'flagged' | 'listed' | 'charts') => all.reduce((total, one) => total + one[field], 0)
  return { listedAWeek: sum('listed') / sum('weeks'), flaggedShare: sum('flagged') / sum('charts') }
}

describe(`a quiet city of ${unitsOfCity} units and 6 measures`, () => {
  it.each([1, 1.6, 3])(
    'has at most one chart a week in the city list, its weeks spread %f times as much as chance',
    (phi) => {
      const { listedAWeek, flaggedShare } = drawn(phi)
      const told = `${listedAWeek.toFixed(3)} listed a week, ${(100 * flaggedShare).toFixed(2)} % flagged for their own unit`
      expect(listedAWeek, told).toBeLessThanOrEqual(1)
      expect(flaggedShare, told).toBeLessThan(0.05)
    },
    120_000,
  )
})

const stories: readonly (Omit<Story, 'from'> & { readonly told: string })[] = [
  { measure: 'A1', by: 0.15, told: 'attendance falls by 15 points' },
  { measure: 'A2', by: 0.15, told: 'on time falls by 15 points' },
  { measure: 'A3', by: 0.15, told: 'full days fall by 15 points' },
  { measure: 'A4', by: 2, told: 'lost minutes double' },
  { measure: 'S2', by: 0.3, told: 'resolved on time falls by 30 points' },
  { measure: 'S11', by: 3, told: 'rude cases triple' },
]

describe('a story that begins after half a year', () => {
  it.each(stories)(
    'is found on the unit own chart within 6 weeks in half of the units: $told',
    ({ told, ...story }) => {
      const city = createTestCity(7)
      const from = 26
      const never = 21
      const found: Record<'own' | 'list', number[]> = { own: [], list: [] }
      for (let unit = 0; unit < 60 * cities; unit++) {
        const history = city.history(city.unit(), from + 20, 1, { from, ...story })
        const rows = Array.from({ length: 20 }, (_, i) => newest(history, story.measure as 'A1', from + i))
        const place = (isFound: (row: WeekSignal) => boolean) => {
          const at = rows.findIndex((row) => row !== undefined && row.direction === 'concern' && isFound(row))
          return at < 0 ? never : at + 1
        }
        found.own.push(place(() => true))
        // As a lone story, which has to be rarer than any of all the charts of the city.
        found.list.push(place(({ pValue = 1 }) => pValue <= CITY_FALSE_DISCOVERY / (unitsOfCity * measures.length)))
      }
      const median = (weeks: number[]) => weeks.sort((a, b) => a - b)[Math.floor((weeks.length - 1) / 2)] ?? never
      const own = median(found.own)
      const list = median(found.list)
      expect(own, `city list in week ${list} of 20`).toBeLessThanOrEqual(6)
    },
    120_000,
  )
})
