/** What keeps a run, or a part of it, from going out. */
export type HoldMatter =
  | 'paused'
  | 'approval'
  | 'behind'
  | 'no_units'
  | 'figures'
  | 'refused'
  | 'unreachable'
  | 'given_up'

export interface Hold {
  readonly matter: HoldMatter
  /** In words, with what it means. */
  readonly cause: string
}
