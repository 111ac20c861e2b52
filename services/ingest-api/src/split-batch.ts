const [tab, newLine, carriageReturn, space, quote, comma, open, close, openObject, closeObject, backslash] = [
  ...'\t\n\r ",[]{}\\',
].map((character) => character.charCodeAt(0))

const isSpace = (byte: number | undefined) =>
  byte === space || byte === newLine || byte === carriageReturn || byte === tab

/** The bytes of each element of a JSON array, so that each event has a size of its own and one that is broken costs no
 *  neighbour. Elements are not looked into: JSON.parse judges them. Undefined when the whole is no array. */
export function splitBatch(body: Buffer): readonly Buffer[] | undefined {
  let at = 0
  while (isSpace(body[at])) at++
  if (body[at] !== open) return undefined
  at++
  const elements: Buffer[] = []
  let from = at
  let depth = 0
  let inText = false
  for (; at < body.length; at++) {
    const byte = body[at]
    if (inText) {
      if (byte === backslash) at++
      else if (byte === quote) inText = false
      continue
    }
    if (byte === quote) inText = true
    else if (byte === open || byte === openObject) depth++
    else if (depth > 0) {
      if (byte === close || byte === closeObject) depth--
    } else if (byte === comma) {
      elements.push(body.subarray(from, at))
      from = at + 1
    } else if (byte === close) {
      break
    } else if (byte === closeObject) {
      return undefined
    }
  }
  if (at >= body.length) return undefined
  const last = body.subarray(from, at)
  if (elements.length > 0 || !last.every(isSpace)) elements.push(last)
  for (at++; at < body.length; at++) if (!isSpace(body[at])) return undefined
  return elements
}
