import type { ChartPoint } from './control-limits.ts'

/** Why a point is more than chance, in the order of precedence (domain.md 2.1). */
export type SignalRule = 'beyond' | 'trend' | 'two_of_three' | 'shift'

export interface SpecialCause {
  readonly rule: SignalRule
  /** 1: the measure is higher than chance explains, -1: lower. */
  readonly side: 1 | -1
}

export interface RunLengths {
  /** Points that all rise or all fall. */
  readonly trend: number
  /** Points on one side of the centre. */
  readonly shift: number
}

export const RUN_LENGTHS: RunLengths = { trend: 7, shift: 7 }

/** No rule looks further than so many points to either side. */
export const RULES_REACH = 7

/**
 * The rules of the NHS: beyond a limit; 7 points that all rise or fall; 2 of 3 beyond the near line, all three on one side of the
 * centre and neither of the two beyond the limit; 7 points on one side. Every point of a run is marked (of the 2 of 3, the two). A
 * point on the centre breaks a run, two equal points break a trend. Where several rules hold the first of this order is named.
 */
export function specialCauses(
  points: readonly ChartPoint[],
  lengths: RunLengths = RUN_LENGTHS,
): readonly (SpecialCause | undefined)[] {
  const sides = points.map(sideOf)
  const beyond = points.map(({ value, lower, upper }) => outside(value, lower, upper))
  const near = points.map(({ value, nearLower, nearUpper }, i) =>
    beyond[i] === 0 ? outside(value, nearLower, nearUpper) : 0,
  )
  const steps = points.slice(1).map(({ value }, i) => order(value, points[i]?.value ?? value))
  const trends = trendMarks(steps, lengths.trend)
  const pairs = twoOfThreeMarks(sides, near)
  const shifts = runMarks(sides, lengths.shift)
  return points.map((_, i) => {
    return (
      cause('beyond', beyond[i]) ??
      cause('trend', trends[i]) ??
      cause('two_of_three', pairs[i]) ??
      cause('shift', shifts[i])
    )
  })
}

/** 1 above the centre, -1 below it, 0 on it. */
export function sideOf({ value, centre, onCentre = 0 }: ChartPoint): number {
  return Math.abs(value - centre) < onCentre ? 0 : order(value, centre)
}

/** 1 where a value is greater than another one, -1 where it is less. A mean is rounded in its last digits: what differs by less lies on it. */
export function order(value: number, line: number): number {
  const gap = value - line
  return Math.abs(gap) <= 1e-9 * Math.max(Math.abs(value), Math.abs(line)) ? 0 : Math.sign(gap)
}

function outside(value: number, lower: number, upper: number): number {
  return order(value, upper) > 0 ? 1 : order(value, lower) < 0 ? -1 : 0
}

function cause(rule: SignalRule, side: number | undefined): SpecialCause | undefined {
  return side === undefined || side === 0 ? undefined : { rule, side: side > 0 ? 1 : -1 }
}

/** Marks all of every run of at least `length` equal signs; a zero belongs to no run. */
function runMarks(signs: readonly number[], length: number): readonly number[] {
  const marks = signs.map(() => 0)
  for (let from = 0, to = 0; from < signs.length; from = to) {
    while (to < signs.length && signs[to] === signs[from]) to++
    if (to - from >= length) marks.fill(signs[from] ?? 0, from, to)
  }
  return marks
}

/** A run of steps is a run of points one longer. A point that ends one trend and begins the next keeps the later one. */
function trendMarks(steps: readonly number[], length: number): readonly number[] {
  const marks = [0, ...steps].map(() => 0)
  runMarks(steps, length - 1).forEach((mark, step) => {
    if (mark !== 0) marks.fill(mark, step, step + 2)
  })
  return marks
}

function twoOfThreeMarks(sides: readonly number[], near: readonly number[]): readonly number[] {
  const marks = sides.map(() => 0)
  for (let i = 0; i + 2 < sides.length; i++) {
    const side = sides[i] ?? 0
    const three = [i, i + 1, i + 2]
    if (side === 0 || !three.every((at) => sides[at] === side)) continue
    const two = three.filter((at) => near[at] === side)
    if (two.length >= 2) for (const at of two) marks[at] = side
  }
  return marks
}
