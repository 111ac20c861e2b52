import { isUtf8 } from 'node:buffer'

/** The text of bytes; undefined when they are no UTF-8. */
export function textOfUtf8(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8')
  // Bytes that are no UTF-8 always leave a replacement character, so only texts with one need the second look.
  return text.includes('\ufffd') && !isUtf8(bytes) ? undefined : text
}
