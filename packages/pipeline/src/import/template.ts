type Piece = { readonly text: string } | { readonly column: string; readonly titleCase: boolean }

/** Text with `{Column}` in it; `{Column|title}` writes SHOUTED words as Words. */
export interface Template {
  readonly columns: readonly string[]
  /** The text with each value put through `shape`, or the first column that has no value. */
  fill(
    cellOf: (column: string) => string | undefined,
    shape?: (value: string) => string,
  ): { text: string } | { empty: string }
}

const titled = (value: string) => value.toLowerCase().replace(/(^|[^\p{L}\p{N}'])(\p{L})/gu, (all) => all.toUpperCase())

/** Throws a RangeError that says what is wrong with the template. */
export function parseTemplate(source: string): Template {
  const pieces: Piece[] = []
  let from = 0
  for (const found of source.matchAll(/\{([^{}|]+)(\|[^{}]*)?\}/g)) {
    const [whole, column = '', how] = found
    if (how !== undefined && how !== '|title')
      throw new RangeError(`${how.slice(1)} is not known; only {Column|title} is`)
    if (found.index > from) pieces.push({ text: source.slice(from, found.index) })
    pieces.push({ column, titleCase: how !== undefined })
    from = found.index + whole.length
  }
  if (from < source.length) pieces.push({ text: source.slice(from) })
  if (pieces.some((piece) => 'text' in piece && /[{}]/.test(piece.text))) throw new RangeError('a brace stands alone')
  return {
    columns: pieces.flatMap((piece) => ('column' in piece ? [piece.column] : [])),
    fill: (cellOf, shape = (value) => value) => {
      let text = ''
      for (const piece of pieces) {
        if ('text' in piece) {
          text += piece.text
          continue
        }
        const value = cellOf(piece.column)
        if (value === undefined) return { empty: piece.column }
        text += shape(piece.titleCase ? titled(value) : value)
      }
      return { text }
    },
  }
}

/** A value as part of an id: `Staten Island` becomes `staten-island`; empty when no letter or digit is left. */
export function slug(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
