import { type Choice, type Condition, patternOf } from './mapping.ts'

/** What a column says, or undefined where it says nothing. */
export type CellOf = (column: string) => string | undefined

/** Whether a cell passes a rule's test; a cell that says nothing is the empty text. */
export function compileTest(rule: Condition): (cell: CellOf) => boolean {
  const { column } = rule
  if (rule.matches !== undefined) {
    const pattern = patternOf(rule.matches)
    return (cell) => pattern.test(cell(column) ?? '')
  }
  const values = new Set((rule.oneOf ?? []).map((value) => value.trim().toLowerCase()))
  return (cell) => values.has((cell(column) ?? '').toLowerCase())
}

export type Chosen<V extends string> =
  | { readonly value: V; readonly otherwise: boolean }
  /** The column's value is not listed and nothing stands for the rest. */
  | { readonly unknownIn: string; readonly empty: boolean }

export function compileChoice<V extends string>(choice: Choice<V>): (cell: CellOf) => Chosen<V> {
  const { always, column, otherwise } = choice
  if (always !== undefined) return () => ({ value: always, otherwise: false })
  if (column === undefined) throw new Error('a choice has neither always nor column')
  const values = new Map(Object.entries(choice.values ?? {}).map(([from, to]) => [from.trim().toLowerCase(), to]))
  return (cell) => {
    const given = cell(column) ?? ''
    const value = values.get(given.toLowerCase())
    if (value !== undefined) return { value, otherwise: false }
    if (otherwise !== undefined) return { value: otherwise, otherwise: true }
    return { unknownIn: column, empty: given === '' }
  }
}
