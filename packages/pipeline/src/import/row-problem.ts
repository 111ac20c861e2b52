/** Why a row cannot become events. Closed, so that a command can count and explain them. */
export type RowProblemCode =
  | 'quotes'
  | 'columns'
  | 'too_long'
  | 'bad_text'
  | 'required'
  | 'time'
  | 'time_order'
  | 'time_in_future'
  | 'value'
  | 'id'
  | 'repeat'
  | 'contract'

/** One thing wrong with one row. The message never holds a value of the file: problems are printed, logged and mailed on. */
export interface RowProblem {
  readonly kind: 'problem'
  readonly code: RowProblemCode
  /** Line of the file on which the row starts, from 1. */
  readonly line: number
  /** Which column of the row, from 1; absent when the row as a whole is meant. */
  readonly column?: number
  readonly columnName?: string
  readonly message: string
}
