/** A number to speak of: how many, for the grammar, and how it is written in the report's language. */
export interface Count {
  readonly value: number
  readonly text: string
}
