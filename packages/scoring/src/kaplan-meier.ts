/** How long something was watched, and whether it ended then or was only no longer watched. */
export interface Watched {
  /** In whatever unit. */
  readonly length: number
  readonly ended: boolean
}

/** The share that lasts longer than `length`, from there up to the next step. */
export interface SurvivalStep {
  readonly length: number
  readonly survival: number
}

/**
 * The product-limit estimate (Kaplan and Meier 1958), a step at each length at which something ended. What stopped
 * being watched at that same length was still at risk.
 */
export function survivalSteps(watched: readonly Watched[]): readonly SurvivalStep[] {
  const ordered = watched.toSorted((a, b) => a.length - b.length)
  const steps: SurvivalStep[] = []
  let survival = 1
  for (let at = 0; at < ordered.length; ) {
    const length = ordered[at]?.length ?? 0
    const atRisk = ordered.length - at
    let ended = 0
    for (; at < ordered.length && ordered[at]?.length === length; at += 1) if (ordered[at]?.ended) ended += 1
    if (ended === 0) continue
    survival *= (atRisk - ended) / atRisk
    steps.push({ length, survival })
  }
  return steps
}

// A product of fractions misses the round figure that it is by less than this.
const ROUNDING = 1e-9

/**
 * The shortest length by which at least this share (0 to 1) has ended; undefined when too much of it was only watched
 * up to a time to say so.
 */
export function lengthByWhichEnded(share: number, steps: readonly SurvivalStep[]): number | undefined {
  return steps.find(({ survival }) => survival <= 1 - share + ROUNDING)?.length
}
