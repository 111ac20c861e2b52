/**
 * A text of a directory or of a caller as one line: without control characters and without the marks that turn the direction of writing,
 * so that a name can neither break a line of the report nor disguise what stands after it.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
