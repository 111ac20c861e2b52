/** A row of a regression: what is explained, by what, and with which weight. */
export interface Observation {
  readonly y: number
  readonly x: readonly number[]
  readonly weight: number
}

export interface Fit {
  readonly coefficients: readonly number[]
  /** (X'WX)^-1. */
  readonly inverse: readonly (readonly number[])[]
  readonly residuals: readonly number[]
}

/** Weighted least squares; undefined where the columns do not tell each other apart. */
export function leastSquares(rows: readonly Observation[]): Fit | undefined {
  const size = rows[0]?.x.length ?? 0
  const cross = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const moment = new Array<number>(size).fill(0)
  for (const { y, x, weight } of rows) {
    for (const [i, xi] of x.entries()) {
      moment[i] = (moment[i] ?? 0) + weight * xi * y
      const line = cross[i]
      if (line === undefined) continue
      for (const [j, xj] of x.entries()) line[j] = (line[j] ?? 0) + weight * xi * xj
    }
  }
  const inverse = inverseOf(cross)
  if (inverse === undefined) return undefined
  const coefficients = inverse.map((line) => dot(line, moment))
  return { coefficients, inverse, residuals: rows.map(({ y, x }) => y - dot(x, coefficients)) }
}

/** The variance of a coefficient when rows of one cluster may go together in any way (Liang and Zeger 1986), for few clusters widened. */
export function clusteredVariance(
  fit: Fit,
  rows: readonly (Observation & { readonly cluster: string })[],
  coefficient: number,
): number {
  const line = fit.inverse[coefficient] ?? []
  const influence = new Map<string, number>()
  for (const [at, { x, weight, cluster }] of rows.entries()) {
    const part = weight * (fit.residuals[at] ?? 0) * dot(line, x)
    influence.set(cluster, (influence.get(cluster) ?? 0) + part)
  }
  const clusters = influence.size
  let sum = 0
  for (const part of influence.values()) sum += part * part
  return clusters > 1 ? (sum * clusters) / (clusters - 1) : Number.POSITIVE_INFINITY
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (const [at, value] of a.entries()) sum += value * (b[at] ?? 0)
  return sum
}

/** Gauss and Jordan with pivots; undefined for a matrix that has no inverse worth the name. */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const size = matrix.length
  const scale = Math.max(...matrix.map((line, at) => Math.abs(line[at] ?? 0)))
  if (!(scale > 0)) return undefined
  const work = matrix.map((line, at) => [...line, ...Array.from({ length: size }, (_, j) => (j === at ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let line = column + 1; line < size; line++) {
      if (Math.abs(work[line]?.[column] ?? 0) > Math.abs(work[pivot]?.[column] ?? 0)) pivot = line
    }
    const [here, there] = [work[column], work[pivot]]
    if (here === undefined || there === undefined || Math.abs(there[column] ?? 0) < scale * 1e-10) return undefined
    work[column] = there
    work[pivot] = here
    const head = there[column] ?? 1
    for (let at = 0; at < there.length; at++) there[at] = (there[at] ?? 0) / head
    for (const [line, other] of work.entries()) {
      const factor = other[column] ?? 0
      if (line === column || factor === 0) continue
      for (let at = 0; at < other.length; at++) other[at] = (other[at] ?? 0) - factor * (there[at] ?? 0)
    }
  }
  return work.map((line) => line.slice(size))
}
