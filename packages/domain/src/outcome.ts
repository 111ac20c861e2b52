/** What became of one event: a value to go on with, or a dead letter with a reason of a closed list and a detail for its sender. */
export type Outcome<T, R extends string = string> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'dead_letter'; readonly reason: R; readonly detail: string }
