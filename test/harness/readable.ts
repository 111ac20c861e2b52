const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
}

/** What somebody reads of a text or an HTML page: without tags, styles and line breaks, so that both can be asked for the same words. */
export function readable(page: string): string {
  return page
    .replace(/<(style|head|title)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&([a-z]+|#x?[0-9a-f]+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
