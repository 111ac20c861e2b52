/** The first of a long list, and a last line that says how many more there are. */
export function shownItems<T, S>(
  items: readonly T[],
  most: number,
  show: (item: T) => S,
  more: (n: number) => S,
): readonly S[] {
  const shown = items.slice(0, most).map(show)
  return items.length > most ? [...shown, more(items.length - most)] : shown
}
