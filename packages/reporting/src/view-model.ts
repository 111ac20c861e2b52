import type { Chart } from './chart/chart.ts'
import type { ReportLocale } from './report-input.ts'

export type SectionId =
  | 'went_well'
  | 'service'
  | 'focus'
  | 'cases'
  | 'since'
  | 'residents'
  | 'findings'
  | 'discipline'
  | 'figures'
  | 'rights'
  | 'superior'
  | RollUpSectionId

/** Of the reports of superiors, of the city, of the inspectorate and to the operator. */
export type RollUpSectionId =
  | 'help'
  | 'units'
  | 'stuck'
  | 'actions'
  | 'findings'
  | 'checks'
  | 'bands'
  | 'blocked'
  | 'effects'
  | 'restatements'
  | 'signals'
  | 'severe'
  | 'draws'
  | 'quality'
  | 'frame'
  | 'notice'

/** A text, or one that leads somewhere. */
export type Cell = string | { readonly text: string; readonly url: string }

export interface Table {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** One thing to show, in words and numbers that are final: a renderer only lays out, it never counts or phrases. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone: 'plain' | 'lead' | 'quiet' }
  /** A score on the scale of 0 to 100 with its interval; `text` says the same in words. */
  | {
      readonly kind: 'scale'
      readonly label: string
      readonly value: number
      readonly lower: number
      readonly upper: number
      readonly valueText: string
      readonly band: string
    }
  /** Cells are read row by row; the first cell of a row is its header, an empty one says that there is nothing to tell. */
  | ({ readonly kind: 'table' } & Table)
  /** A picture for those who see it; `alt` says what it shows, and the table holds the same numbers. */
  | {
      readonly kind: 'chart' /** Within the report; names its picture. */
      readonly id: string
      readonly chart: Chart
      readonly alt: string
      readonly table: Table
    }
  | { readonly kind: 'list'; readonly items: readonly Cell[] }
  | { readonly kind: 'button'; readonly text: string; readonly url: string }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly text: string }[] }
  | { readonly kind: 'question'; readonly text: string }
  | {
      readonly kind: 'step'
      readonly label: string
      readonly text: string
      readonly facts: readonly { readonly label: string; readonly text: string }[]
    }

export type ChartBlock = Extract<Block, { readonly kind: 'chart' }>

export interface Section {
  readonly id: SectionId
  readonly heading: string
  readonly blocks: readonly Block[]
}

/** A whole report, ready to be laid out as HTML, text or anything else. */
export interface ReportViewModel {
  readonly locale: ReportLocale
  readonly subject: string
  /** What a mail client shows beside the subject. */
  readonly preheader: string
  readonly title: string
  readonly unitLabel: string
  readonly period: string
  /** What a reader must know before all else: a test, one sent again, one that comes in place of somebody. */
  readonly notices?: readonly string[]
  readonly greeting: string
  readonly opening: string
  readonly sections: readonly Section[]
  /** The sentence that this is for coaching and no basis for sanctions. */
  readonly disclaimer: string
  readonly footer: readonly string[]
  /** The last lines, for those who may. */
  readonly unsubscribe?: readonly { readonly text: string; readonly url: string }[]
}
