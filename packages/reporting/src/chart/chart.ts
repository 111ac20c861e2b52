/** Pictures as data: every number is on the axis, every text is final, so that one input always gives one picture. */
export type Chart = TrendChart | BarChart

export interface TrendPoint {
  /** Of the week, as short as the axis wants it: `W47`. */
  readonly label: string
  /** Null where no figure may be shown: the line has a gap there. */
  readonly value: number | null
  /** The 80 % interval, where there is one. */
  readonly lower: number | null
  readonly upper: number | null
}

/** How a figure went week by week, the oldest first, with the limits between which it moves by chance. */
export interface TrendChart {
  readonly kind: 'trend'
  readonly title: string
  readonly axis: { readonly from: number; readonly to: number; readonly ticks: readonly Tick[] }
  readonly points: readonly TrendPoint[]
  readonly limits?: { readonly centre: number; readonly lower: number; readonly upper: number; readonly label: string }
  /** What the last point is called beside its dot: `72`. */
  readonly lastLabel: string
}

export interface Tick {
  readonly at: number
  readonly label: string
}

/** Parts of wholes side by side, in the order given: never sorted by size. */
export interface BarChart {
  readonly kind: 'bars'
  readonly title: string
  readonly bars: readonly {
    readonly label: string
    readonly share: number
    readonly lower: number | null
    readonly upper: number | null
    readonly text: string
  }[]
}
