import { dot, leastSquares, type Observation } from './least-squares.ts'

/** One week of a unit's series. */
export interface SegmentedWeek {
  /** Weeks since the coaching; negative before it. The week of the coaching itself is left out. */
  readonly since: number
  readonly points: number
  /** How much the week weighs, by its cases. */
  readonly weight: number
  /** Share of its days that lie in Ramadan. */
  readonly ramadan: number
}

export interface SegmentedEffect {
  /** Mean over the weeks after, above the line that the weeks before led to. */
  readonly effect: number
  readonly standardError: number
  /** What is left of one week's deviation in the next. */
  readonly autocorrelation: number
  readonly freedom: number
}

const mostAutocorrelation = 0.9
const rounds = 6

/**
 * Y = b0 + b1 t + b2 D + b3 (t - T0) D + b4 Ramadan with AR(1) errors (domain.md 2.6), fitted by Prais and Winsten's iteration; b4 only
 * where there are weeks of both kinds. Undefined when the weeks do not suffice to tell the terms apart.
 */
export function segmentedRegression(weeks: readonly SegmentedWeek[]): SegmentedEffect | undefined {
  const fasting = weeks.filter(({ ramadan }) => ramadan > 0.5).length
  const withRamadan = fasting >= 2 && weeks.length - fasting >= 2
  return fit(weeks, withRamadan) ?? (withRamadan ? fit(weeks, false) : undefined)
}

function fit(weeks: readonly SegmentedWeek[], withRamadan: boolean): SegmentedEffect | undefined {
  const after = weeks.filter(({ since }) => since > 0)
  if (after.length === 0) return undefined
  const rows = weeks.map(({ since, points, weight, ramadan }) => {
    const level = since > 0 ? 1 : 0
    const x = [1, since, level, since * level, ...(withRamadan ? [ramadan] : [])]
    // Scaled so that each has the same spread.
    const root = Math.sqrt(weight)
    return { since, x: x.map((value) => value * root), y: points * root }
  })
  const size = rows[0]?.x.length ?? 0
  const freedom = rows.length - size
  if (freedom < 3) return undefined
  const meanSince = after.reduce((sum, { since }) => sum + since, 0) / after.length
  const contrast = [0, 0, 1, meanSince, ...(withRamadan ? [0] : [])]
  let autocorrelation = 0
  for (let round = 0; ; round++) {
    const made = praisWinsten(rows, autocorrelation)
    const found = leastSquares(made)
    if (found === undefined) return undefined
    const residuals = rows.map(({ x, y }) => y - dot(x, found.coefficients))
    const next = lagOne(rows, residuals)
    if (round === rounds || Math.abs(next - autocorrelation) < 1e-4) {
      const spread = found.residuals.reduce((sum, residual) => sum + residual * residual, 0) / freedom
      const variance =
        spread *
        dot(
          contrast,
          found.inverse.map((line) => dot(line, contrast)),
        )
      const effect = dot(contrast, found.coefficients)
      return { effect, standardError: Math.sqrt(variance), autocorrelation, freedom }
    }
    autocorrelation = next
  }
}

interface Row {
  readonly since: number
  readonly x: readonly number[]
  readonly y: number
}

/** Rows freed of what the week before left in them; over a gap of k weeks that is rho^k. */
function praisWinsten(rows: readonly Row[], rho: number): readonly Observation[] {
  return rows.map((row, at) => {
    const before = rows[at - 1]
    const kept = before === undefined ? 0 : rho ** (row.since - before.since)
    const root = Math.sqrt(1 - (before === undefined ? rho * rho : kept * kept))
    const scale = before === undefined ? root : 1 / root
    if (before === undefined) return { y: row.y * scale, x: row.x.map((value) => value * scale), weight: 1 }
    const whitened = Math.sqrt(1 - rho * rho) / root
    return {
      y: (row.y - kept * before.y) * whitened,
      x: row.x.map((value, i) => (value - kept * (before.x[i] ?? 0)) * whitened),
      weight: 1,
    }
  })
}

/** Of neighbouring weeks, freed of the lowness that few weeks give it (Marriott and Pope 1954); never negative. */
function lagOne(rows: readonly Row[], residuals: readonly number[]): number {
  let [together, alone, pairs] = [0, 0, 0]
  for (const [at, residual] of residuals.entries()) {
    alone += residual * residual
    const [row, before] = [rows[at], rows[at - 1]]
    if (row === undefined || before === undefined || row.since - before.since > 2) continue
    together += residual * (residuals[at - 1] ?? 0)
    pairs += 1
  }
  if (!(alone > 0) || pairs === 0) return 0
  const raw = together / alone
  const freed = (residuals.length * raw + 1 + (rows[0]?.x.length ?? 0) / 2) / (residuals.length - 4)
  return Math.min(mostAutocorrelation, Math.max(0, freed))
}
