/** One figure of the quick bench. */
export interface QuickFigure {
  readonly name: string
  readonly value: number
  readonly better: 'higher' | 'lower'
}

export interface Slip extends QuickFigure {
  readonly recorded: number
  /** How many times worse than what was recorded: above 1 is worse. */
  readonly timesWorse: number
}

// Two runs on one machine differ by a third without any reason; another machine differs by more, so that a slip is only pointed to.
const noticeable = 1.5

/** Figures that are noticeably worse than those that were recorded; a figure that was not recorded is none. */
export function slipsOf(figures: readonly QuickFigure[], recorded: Readonly<Record<string, number>>): readonly Slip[] {
  return figures.flatMap((figure) => {
    const before = recorded[figure.name]
    if (before === undefined) return []
    const timesWorse = figure.better === 'higher' ? before / figure.value : figure.value / before
    return timesWorse > noticeable ? [{ ...figure, recorded: before, timesWorse }] : []
  })
}
