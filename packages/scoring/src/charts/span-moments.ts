import type { Span } from './window-evidence.ts'

/** Of some values: how many, their mean, and the sum of their squared distances from it. */
export interface Moments {
  readonly count: number
  readonly mean: number
  readonly squares: number
}

/** Moments of spans of a row of values, of which each value, and each span that begins the row, is worked out once. */
export function spanMoments(valueAt: (at: number) => number): (span: Span) => Moments {
  const values: number[] = []
  const beginnings: Moments[] = []
  const of = ([from, to]: Span): Moments => {
    let sum = 0
    for (let at = from; at < to; at++) {
      const value = values[at] ?? valueAt(at)
      values[at] = value
      sum += value
    }
    const mean = sum / (to - from)
    let squares = 0
    for (let at = from; at < to; at++) squares += ((values[at] ?? 0) - mean) ** 2
    return { count: to - from, mean, squares }
  }
  return (span) => {
    if (span[0] > 0) return of(span)
    const known = beginnings[span[1]] ?? of(span)
    beginnings[span[1]] = known
    return known
  }
}
