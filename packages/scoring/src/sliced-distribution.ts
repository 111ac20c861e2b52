/**
 * A distribution on the line, cut into thin slices. Slice i lies between edges[i] and edges[i + 1] and holds masses[i], spread evenly
 * over it. Edges rise, the masses add up to 1.
 */
export interface SlicedDistribution {
  readonly edges: Float64Array
  readonly masses: Float64Array
}

/** The logarithm of a density where it is cut off, its peak being 0: about a millionth of the mass lies beyond. */
const CUT = -14
const MAX_STEPS = 1024
/** Slices for each step: the curve is worked out at the steps and interpolated between them. */
const SLICES = 4

/** A curve over a line in even steps of `width`: density and place, and how fast both change. */
interface Curve {
  readonly width: number
  readonly density: Float64Array
  readonly densitySlope: Float64Array
  readonly place: Float64Array
  readonly placeSlope: Float64Array
}

/**
 * Beta(a, b), a and b above 0, together 1 or more. `finer` divides the width of the slices.
 *
 * Over z = ln(x / (1 - x)) the density is x^a (1 - x)^b: log-concave and smooth for any a and b, where the density over x has poles at
 * the ends. It is worked out by the distance d from its peak and relative to it, for the smaller of x and 1 - x, so that nothing large
 * is subtracted from anything large and counts may have any size.
 */
export function slicedBeta(a: number, b: number, finer = 1): SlicedDistribution {
  const n = a + b
  const fewer = Math.min(a, b)
  const p = fewer / n
  const sign = a > b ? -1 : 1
  const scale = Math.sqrt(1 / a + 1 / b)
  // With growth = e^d - 1, which keeps small distances exact.
  const logDensity = (d: number, growth: number): number => fewer * d - n * Math.log1p(p * growth)
  /** The smaller share less its mean, from which the slope of the log density follows too. */
  const shift = (growth: number): number => (p * (1 - p) * growth) / (1 + p * growth)
  const log = (d: number) => logDensity(d, Math.expm1(d))
  const slope = (d: number) => -n * shift(Math.expm1(d))

  const from = cutOff(log, slope, sign * -scale)
  const to = cutOff(log, slope, sign * scale)
  const steps = Math.ceil(Math.min(Math.abs(to - from) / Math.min(scale / 5, 0.3), MAX_STEPS) * finer)
  const curve = emptyCurve(steps, Math.abs(to - from) / steps)
  for (let i = 0; i <= steps; i++) {
    const d = from + sign * i * curve.width
    const growth = Math.expm1(d)
    const density = Math.exp(logDensity(d, growth))
    const beyond = sign * shift(growth)
    curve.density[i] = density
    curve.densitySlope[i] = -n * beyond * density
    curve.place[i] = a / n + beyond
    curve.placeSlope[i] = (a / n + beyond) * (b / n - beyond)
  }
  return slice(curve)
}

/** Normal(mean, sd). */
export function slicedNormal(mean: number, sd: number, finer = 1): SlicedDistribution {
  const reach = Math.sqrt(-2 * CUT)
  const steps = Math.ceil(10 * reach * finer)
  const curve = emptyCurve(steps, (2 * reach) / steps)
  for (let i = 0; i <= steps; i++) {
    const z = i * curve.width - reach
    const density = Math.exp((-z * z) / 2)
    curve.density[i] = density
    curve.densitySlope[i] = -z * density
    curve.place[i] = mean + sd * z
    curve.placeSlope[i] = sd
  }
  return slice(curve)
}

/** Where a log-concave density falls to the cut on the side that `start` lies on: steps outward, then Newton's method from outside. */
function cutOff(logDensity: (d: number) => number, slope: (d: number) => number, start: number): number {
  let d = 4 * start
  while (logDensity(d) > CUT) d *= 1.5
  for (let step = 0; step < 3; step++) d -= (logDensity(d) - CUT) / slope(d)
  return d
}

function emptyCurve(steps: number, width: number): Curve {
  const values = () => new Float64Array(steps + 1)
  return { width, density: values(), densitySlope: values(), place: values(), placeSlope: values() }
}

/** Cuts each step into slices along the cubics that have the curve's values and slopes at its ends (Hermite). */
function slice({ width, density, densitySlope, place, placeSlope }: Curve): SlicedDistribution {
  const steps = density.length - 1
  const edges = new Float64Array(steps * SLICES + 1)
  const masses = new Float64Array(steps * SLICES)
  edges[0] = at(place, 0)
  let sum = 0
  for (let j = 1; j <= SLICES; j++) {
    const t = j / SLICES
    const t2 = t * t
    const t3 = t2 * t
    const t4 = t3 * t
    const u = t - 1 / SLICES
    const [v2, v3, v4] = [t2 - u * u, t3 - u ** 3, t4 - u ** 4]
    for (let i = 0; i < steps; i++) {
      const index = i * SLICES + j
      edges[index] =
        at(place, i) * (1 - 3 * t2 + 2 * t3) +
        at(place, i + 1) * (3 * t2 - 2 * t3) +
        width * (at(placeSlope, i) * (t - 2 * t2 + t3) + at(placeSlope, i + 1) * (t3 - t2))
      // The integral of the density's cubic from u to t.
      const mass =
        at(density, i) * (1 / SLICES - v3 + v4 / 2) +
        at(density, i + 1) * (v3 - v4 / 2) +
        width * (at(densitySlope, i) * (v2 / 2 - (2 * v3) / 3 + v4 / 4) + at(densitySlope, i + 1) * (v4 / 4 - v3 / 3))
      masses[index - 1] = Math.max(0, mass)
      sum += Math.max(0, mass)
    }
  }
  for (let i = 0; i < masses.length; i++) masses[i] = at(masses, i) / sum
  return { edges, masses }
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0
}
