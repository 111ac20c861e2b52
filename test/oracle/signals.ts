/**
 * Control charts by the letter of the definitions: each rule asks every stretch of points by itself whether it is one, limits and
 * p-values are summed term by term. Slow on purpose.
 */
export type Chart = 'xmr' | 'p' | 'u' | 'mean' | 'g' | 't'

export interface SignalPoint {
  readonly value: number
  readonly centre: number
  readonly lower: number
  readonly upper: number
  readonly rule: '' | 'beyond' | 'trend' | 'two_of_three' | 'shift'
  /** Which way the point is special: 1 up, -1 down, 0 not at all. */
  readonly side: number
}

export interface CountedWeek {
  readonly x: number
  readonly n: number
}

const LOCKED_AT = 24
const RUN = 7
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const movingRanges = (values: readonly number[]) =>
  values.flatMap((value, i) => (i === 0 ? [] : [Math.abs(value - (values[i - 1] ?? Number.NaN))]))
const compare = (a: number, b: number) =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : Math.sign(a - b)

interface Lines {
  readonly centre: number
  readonly reach: number
  readonly least: number
  readonly most: number
  readonly tie: number
}

/** The points of an XmR, p', u' or mean' chart. `spread`: of one answer, for the mean' chart. */
export function weeklySignals(
  chart: 'xmr' | 'p' | 'u' | 'mean',
  weeks: readonly CountedWeek[],
  spread = 0,
): readonly SignalPoint[] {
  const values = weeks.map(({ x, n }) => x / n)
  const first = weeks.slice(0, LOCKED_AT)
  if (first.length < 2) return []
  if (chart === 'xmr') {
    const baseline = values.slice(0, LOCKED_AT)
    const reach = 2.66 * mean(movingRanges(baseline))
    return judged(values, () => ({ centre: mean(baseline), reach, least: 0, most: Infinity, tie: 0 }))
  }
  const x = first.reduce((sum, week) => sum + week.x, 0)
  const n = first.reduce((sum, week) => sum + week.n, 0)
  const p = x === 0 || x === n ? (x + 0.5) / (n + 1) : x / n
  const variance = chart === 'p' ? p * (1 - p) : chart === 'u' ? Math.max(x, 0.5) / n : spread * spread
  const s = (size: number) => Math.sqrt(variance / size)
  const z = first.map((week) => (week.x / week.n - x / n) / s(week.n))
  const sigmaZ = Math.max(1, mean(movingRanges(z)) / 1.128)
  return judged(values, (i) => {
    const size = weeks[i]?.n ?? Number.NaN
    const oneCase = chart === 'mean' ? 0 : 1 / size
    return {
      centre: x / n,
      reach: Math.max(3 * s(size) * sigmaZ, oneCase),
      least: 0,
      most: chart === 'u' ? Infinity : 1,
      tie: oneCase / 2,
    }
  })
}

/** The points of a t chart: the days between events. */
export function daysBetweenSignals(days: readonly number[]): readonly SignalPoint[] {
  const roots = days.slice(0, LOCKED_AT).map((value) => value ** (1 / 3.6))
  if (roots.length < 2) return []
  const [centre, reach] = [mean(roots), 2.66 * mean(movingRanges(roots))]
  const back = (root: number) => Math.max(0, root) ** 3.6
  return flagged(
    days,
    days.map(() => ({
      centre: back(centre),
      lower: back(centre - reach),
      upper: back(centre + reach),
      nearLower: back(centre - (2 / 3) * reach),
      nearUpper: back(centre + (2 / 3) * reach),
      tie: 0,
    })),
  )
}

/** The points of a g chart: the cases between two events, each case told in the order in which it came. */
export function casesBetweenSignals(weeks: readonly CountedWeek[]): readonly SignalPoint[] {
  const cases = weeks.flatMap(({ x, n }) => {
    const isEvent = Array.from({ length: n }, () => false)
    for (let event = 0; event < x; event++) isEvent[Math.floor(((event + 0.5) * n) / x)] = true
    return isEvent
  })
  const places = cases.flatMap((isEvent, at) => (isEvent ? [at] : []))
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? Number.NaN) - 1)
  const baseline = gaps.slice(0, LOCKED_AT)
  if (baseline.length < 1) return []
  const g = mean(baseline)
  const sigma = Math.sqrt(g * (g + 1))
  // The median: the least gap that half of all geometric gaps of this mean do not exceed.
  let median = 0
  for (let below = 1 / (g + 1); below < 0.5 - 1e-12; below += (1 / (g + 1)) * (g / (g + 1)) ** median) median++
  return flagged(
    gaps,
    gaps.map(() => ({
      centre: median,
      lower: 0,
      nearLower: 0,
      upper: g + 3 * sigma,
      nearUpper: g + 2 * sigma,
      tie: 0,
    })),
  )
}

interface Marks {
  readonly centre: number
  readonly lower: number
  readonly upper: number
  readonly nearLower: number
  readonly nearUpper: number
  readonly tie: number
}

function judged(values: readonly number[], linesAt: (i: number) => Lines): readonly SignalPoint[] {
  return flagged(
    values,
    values.map((_, i) => {
      const { centre, reach, least, most, tie } = linesAt(i)
      const at = (distance: number) => Math.min(most, Math.max(least, centre + distance))
      return {
        centre,
        tie,
        lower: at(-reach),
        upper: at(reach),
        nearLower: at((-2 / 3) * reach),
        nearUpper: at((2 / 3) * reach),
      }
    }),
  )
}

function flagged(values: readonly number[], lines: readonly Marks[]): readonly SignalPoint[] {
  const valueAt = (i: number) => values[i] ?? Number.NaN
  const lineAt = (i: number): Marks => lines[i] ?? { centre: 0, lower: 0, upper: 0, nearLower: 0, nearUpper: 0, tie: 0 }
  const side = (i: number) => {
    const { centre, tie } = lineAt(i)
    return Math.abs(valueAt(i) - centre) < tie ? 0 : compare(valueAt(i), centre)
  }
  const beyond = (i: number, lower: number, upper: number) =>
    compare(valueAt(i), upper) > 0 ? 1 : compare(valueAt(i), lower) < 0 ? -1 : 0
  const isBeyond = (i: number) => beyond(i, lineAt(i).lower, lineAt(i).upper)
  const isNear = (i: number) => (isBeyond(i) !== 0 ? 0 : beyond(i, lineAt(i).nearLower, lineAt(i).nearUpper))
  /** Every stretch of so many points that holds `i`, the latest last. */
  const stretches = (i: number, length: number) =>
    Array.from({ length }, (_, k) => i - length + 1 + k)
      .filter((from) => from >= 0 && from + length <= values.length)
      .map((from) => Array.from({ length }, (_, k) => from + k))
  return values.map((value, i) => {
    const { centre, lower, upper } = lineAt(i)
    const point = (rule: SignalPoint['rule'], way: number) => ({ value, centre, lower, upper, rule, side: way })
    if (isBeyond(i) !== 0) return point('beyond', isBeyond(i))
    for (const way of [1, -1]) {
      // Where one trend ends and the next one begins, the later counts.
      const rises = stretches(i, RUN).filter((all) =>
        all.slice(1).every((at) => compare(valueAt(at), valueAt(at - 1)) === way),
      )
      const falls = stretches(i, RUN).filter((all) =>
        all.slice(1).every((at) => compare(valueAt(at), valueAt(at - 1)) === -way),
      )
      if (rises.length > 0 && (rises.at(-1)?.[0] ?? 0) > (falls.at(-1)?.[0] ?? -1)) return point('trend', way)
    }
    for (const way of [1, -1]) {
      const pair = stretches(i, 3).some(
        (all) =>
          isNear(i) === way &&
          all.every((at) => side(at) === way) &&
          all.filter((at) => isNear(at) === way).length >= 2,
      )
      if (pair) return point('two_of_three', way)
    }
    for (const way of [1, -1])
      if (stretches(i, RUN).some((all) => all.every((at) => side(at) === way))) return point('shift', way)
    return point('', 0)
  })
}

/** Fisher's exact test by adding up every table that is possible; twice the smaller tail. Shares of small numbers only. */
export function fisher(recent: CountedWeek, before: CountedWeek): number {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
  const all = recent.x + before.x
  const chance = (x: number) => (choose(recent.n, x) * choose(before.n, all - x)) / choose(recent.n + before.n, all)
  let [lower, upper] = [0, 0]
  for (let x = Math.max(0, all - before.n); x <= Math.min(recent.n, all); x++) {
    if (x <= recent.x) lower += chance(x)
    if (x >= recent.x) upper += chance(x)
  }
  return Math.min(1, 2 * Math.min(lower, upper))
}

/** Student's two tails by Simpson's rule on the density of t. */
export function student(recent: readonly number[], before: readonly number[], leastSd: number): number {
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0)
  const freedom = recent.length + before.length - 2
  const variance = Math.max(leastSd ** 2, (squares(recent) + squares(before)) / freedom)
  const t = Math.abs(mean(recent) - mean(before)) / Math.sqrt(variance * (1 / recent.length + 1 / before.length))
  // With t = sqrt(f) tan(a) the density is cos(a)^(f-1), and both tails are its part beyond the angle.
  const part = (from: number) => {
    const step = (Math.PI / 2 - from) / 4000
    const height = (k: number) => Math.max(0, Math.cos(from + k * step)) ** (freedom - 1)
    let sum = 0
    for (let k = 0; k < 4000; k += 2) sum += ((height(k) + 4 * height(k + 1) + height(k + 2)) * step) / 3
    return sum
  }
  return part(Math.atan(t / Math.sqrt(freedom))) / part(0)
}

/** The p-value of the week at `newest`: the last 1, 2, 4 and 6 weeks against the first 24, none of them recent, 12 of them at least. */
export function smallestOfSpans(
  newest: number,
  test: (recent: readonly number[], before: readonly number[]) => number,
): number | undefined {
  const places = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k)
  const ps = [1, 2, 4, 6].flatMap((span) => {
    const from = newest + 1 - span
    return from < 12 ? [] : [test(places(from, newest + 1), places(0, Math.min(24, from)))]
  })
  return ps.length === 0 ? undefined : Math.min(1, Math.min(...ps) * ps.length)
}
