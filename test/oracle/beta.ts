/**
 * The Beta distribution by plain numerical integration. With x = sin^2 t its density becomes
 * sin^(2a-1) t * cos^(2b-1) t, which is smooth for whole or large exponents, so Simpson's rule on a fine grid is exact
 * far beyond what a score needs.
 */
const cells = 2048
const step = Math.PI / 2 / cells

export interface Beta {
  readonly cdf: (x: number) => number
  readonly quantile: (p: number) => number
}

// Logarithms of sine and cosine at every cell's ends and middle.
const logSin = Float64Array.from({ length: 2 * cells + 1 }, (_, i) => Math.log(Math.sin((i * step) / 2)))
const logCos = Float64Array.from(logSin).reverse()

/** The logarithm of base^exponent, an exponent that is nought but for rounding taken as nought. */
function power(exponent: number, logBase: number): number {
  return Math.abs(exponent) < 1e-9 ? 0 : exponent * logBase
}

type WholeBeta = Beta & { readonly logBeta: number }

/** Powers of sine and cosine are smooth at their ends where the exponent is whole, and smooth enough where it is large. */
const isSmooth = (shape: number) => shape >= 4 || (shape >= 0.5 && Number.isInteger(2 * shape))

/** Other shapes by the recurrences that lead from a + 1 or b + 1 back to a or b. */
export function createBeta(a: number, b: number): Beta {
  return wholeBeta(a, b)
}

function wholeBeta(a: number, b: number): WholeBeta {
  if (isSmooth(a) && isSmooth(b)) return smoothBeta(a, b)
  const raisesA = !isSmooth(a)
  const next = raisesA ? wholeBeta(a + 1, b) : wholeBeta(a, b + 1)
  const cdf = (x: number) => {
    if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
    const step = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - next.logBeta) / (a + b)
    return next.cdf(x) + (raisesA ? step : -step)
  }
  const quantile = (probability: number) => {
    let low = 0
    let high = 1
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2
      if (cdf(middle) < probability) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
  return { cdf, quantile, logBeta: next.logBeta + Math.log((a + b) / (raisesA ? a : b)) }
}

function smoothBeta(a: number, b: number): WholeBeta {
  if (Math.min(a, b) < 0.5 - 1e-9) throw new Error('the substitution is smooth from one half on only')
  const p = 2 * a - 1
  const q = 2 * b - 1
  const mode = p + q < 1e-9 ? 0.5 : Math.min(1, Math.max(0, p / (p + q)))
  const shift = power(p, Math.log(mode)) / 2 + power(q, Math.log(1 - mode)) / 2
  const density = (logS: number, logC: number) => Math.exp(power(p, logS) + power(q, logC) - shift)
  const at = (i: number) => density(logSin[i] ?? Number.NaN, logCos[i] ?? Number.NaN)
  const between = (t: number) => density(Math.log(Math.sin(t)), Math.log(Math.cos(t)))

  const sums = new Float64Array(cells + 1)
  let left = at(0)
  for (let cell = 0; cell < cells; cell++) {
    const right = at(2 * cell + 2)
    sums[cell + 1] = (sums[cell] ?? 0) + ((left + 4 * at(2 * cell + 1) + right) * step) / 6
    left = right
  }
  const total = sums[cells] ?? Number.NaN

  /** Integral up to the angle, from the nearest node below by Simpson's rule. */
  const upTo = (t: number) => {
    const cell = Math.min(cells - 1, Math.floor(t / step))
    const from = cell * step
    const inner = ((at(2 * cell) + 4 * between((from + t) / 2) + between(t)) * (t - from)) / 6
    return ((sums[cell] ?? Number.NaN) + inner) / total
  }

  const quantile = (probability: number) => {
    let low = 0
    let high = cells
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) / total < probability) low = middle
      else high = middle
    }
    let fromT = low * step
    let toT = high * step
    for (let i = 0; i < 50; i++) {
      const middle = (fromT + toT) / 2
      if (upTo(middle) < probability) fromT = middle
      else toT = middle
    }
    return Math.sin((fromT + toT) / 2) ** 2
  }

  const cdf = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : upTo(Math.asin(Math.sqrt(x))))
  return { cdf, quantile, logBeta: Math.log(2 * total) + shift }
}
