/** One figure of the quick bench. */
export interface QuickFigure {
  readonly name: string
  /** NaN where the bench came to none. */
  readonly value: number
  readonly better: 'higher' | 'lower'
}

/** What is wrong with a figure: it is worse than the one that was recorded, or there is nothing to hold it against. */
export type Slip =
  | {
      readonly why: 'worse'
      readonly name: string
      readonly value: number
      readonly better: 'higher' | 'lower'
      readonly recorded: number
      /** How many times worse than what was recorded: above 1 is worse. */
      readonly timesWorse: number
    }
  | { readonly why: 'not_measured'; readonly name: string; readonly recorded?: number }
  | { readonly why: 'not_recorded'; readonly name: string; readonly value: number }

// Two runs on one machine differ by a third without any reason; another machine differs by more, so that a slip is only pointed to.
const noticeable = 1.5

/** Figures that are noticeably worse than those that were recorded, and those that one of the two sides does not have: a bench that no longer
 *  measures anything must not look well. Nothing can be missing from what nobody has recorded yet. */
export function slipsOf(
  figures: readonly QuickFigure[],
  recorded: Readonly<Record<string, number | null>> | undefined,
): readonly Slip[] {
  const before = new Map(
    Object.entries(recorded ?? {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  )
  const measured = figures.flatMap((figure): readonly Slip[] => {
    const { name, value, better } = figure
    const was = before.get(name)
    if (!Number.isFinite(value)) return [{ why: 'not_measured', name, ...(was !== undefined && { recorded: was }) }]
    if (was === undefined) return recorded === undefined ? [] : [{ why: 'not_recorded', name, value }]
    const timesWorse = better === 'higher' ? was / value : value / was
    return timesWorse > noticeable ? [{ why: 'worse', name, value, better, recorded: was, timesWorse }] : []
  })
  const names = new Set(figures.map(({ name }) => name))
  const gone = [...before].flatMap(([name, was]): readonly Slip[] =>
    names.has(name) ? [] : [{ why: 'not_measured', name, recorded: was }],
  )
  return [...measured, ...gone]
}

/** One line for who reads. */
export function wordsOf(slip: Slip): string {
  switch (slip.why) {
    case 'worse':
      return `SLIP ${slip.name}: ${slip.timesWorse.toFixed(1)} times worse than recorded`
    case 'not_measured':
      return `SLIP ${slip.name}: not measured${slip.recorded === undefined ? '' : `, ${slip.recorded} recorded`}`
    case 'not_recorded':
      return `SLIP ${slip.name}: not recorded, so that it is held against nothing; --record writes it down`
    default:
      return slip satisfies never
  }
}
