import { addDays } from '@bina/domain/plain-date'
import type { ChartedMeasure } from './chart-of-measure.ts'
import type { WeekCounts, WeekGap } from './week-chart.ts'

// Tests only: cities drawn by chance, the same ones for the same seed.

/** Mulberry32: numbers of 0 to 1, as chance would draw them. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface TestUnit {
  readonly staff: number
  readonly duePerWeek: number
  readonly rudePerWeek: number
  readonly share: Readonly<Record<'A1' | 'A2' | 'A3' | 'S2', number>>
  readonly lateMinutes: number
}

export interface Story {
  readonly from: number
  readonly measure: ChartedMeasure
  /** Shares fall by so much; minutes and events are multiplied. */
  readonly by: number
}

export interface UnitHistory {
  readonly weeks: Readonly<Record<'A1' | 'A2' | 'A3' | 'A4' | 'S2', readonly WeekCounts[]>>
  readonly gaps: readonly WeekGap[]
}

const FIRST = '2024-01-01'
export const weekAt = (index: number) => addDays(FIRST, 7 * index)

export function createTestCity(seed: number) {
  const random = randomFrom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  const between = (from: number, to: number) => from + (to - from) * random()
  const poisson = (mean: number) => {
    let count = 0
    for (let at = exponential(1); at < mean; at += exponential(1)) count++
    return count
  }
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * random() ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }
  const beta = (a: number, b: number) => {
    const x = gamma(a)
    return x / (x + gamma(b))
  }
  /** Successes of n, whose variance is phi times that of single coins: the week itself has a share of its own. */
  const successes = (n: number, share: number, phi: number) => {
    const rho = n > 1 ? Math.min(0.99, (phi - 1) / (n - 1)) : 0
    const p = rho > 0 && share > 0 && share < 1 ? beta(share * (1 / rho - 1), (1 - share) * (1 / rho - 1)) : share
    let count = 0
    for (let i = 0; i < n; i++) if (random() < p) count++
    return count
  }
  return {
    unit: (fixed: Partial<TestUnit> = {}): TestUnit => ({
      staff: Math.round(between(8, 26)),
      duePerWeek: between(1.5, 12),
      rudePerWeek: between(0.2, 1.5),
      share: { A1: beta(38, 2), A2: beta(32.8, 7.2), A3: beta(34.8, 5.2), S2: beta(14, 6) },
      lateMinutes: between(6, 25),
      ...fixed,
    }),
    history: (unit: TestUnit, length: number, phi = 1, story?: Story): UnitHistory => {
      const weeks: Record<'A1' | 'A2' | 'A3' | 'A4' | 'S2', WeekCounts[]> = { A1: [], A2: [], A3: [], A4: [], S2: [] }
      const gaps: WeekGap[] = []
      let last: number | undefined
      for (let index = 0; index < length; index++) {
        const week = weekAt(index)
        const told = (measure: ChartedMeasure) =>
          story?.measure === measure && index >= story.from ? story.by : undefined
        const days = successes(unit.staff * 5, 0.9, 1)
        for (const measure of ['A1', 'A2', 'A3', 'S2'] as const) {
          const share = Math.max(0, unit.share[measure] - (told(measure) ?? 0))
          const denominator = measure === 'S2' ? poisson(unit.duePerWeek) : days
          const numerator = successes(denominator, share, phi)
          if (denominator > 0) weeks[measure].push({ week, numerator, denominator })
        }
        // Half of the person-days lose nothing, the others a long-tailed number of minutes; with phi the week has its own level.
        const level = (phi > 1 ? gamma(1 / (0.02 * (phi - 1))) * 0.02 * (phi - 1) : 1) * (told('A4') ?? 1)
        let lost = 0
        for (let day = 0; day < days; day++)
          if (random() < 0.5) lost += Math.min(450, Math.floor(exponential(2 * unit.lateMinutes * level)))
        weeks.A4.push({ week, numerator: lost, denominator: days })
        const rude = poisson(unit.rudePerWeek * (told('S11') ?? 1))
        const instants = Array.from({ length: rude }, () => 7 * (index + random())).sort((a, b) => a - b)
        for (const at of instants) {
          if (last !== undefined) gaps.push({ week, days: at - last })
          last = at
        }
      }
      return { weeks, gaps }
    },
  }
}
