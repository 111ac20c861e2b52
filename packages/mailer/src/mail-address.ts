export interface MailAddress {
  readonly name: string
  readonly address: string
}

// One address, and no sign with which a header could go on: no control character, no comma, no second bracket.
const ADDRESS = /^[^\s<>()[\]\\,;:"@\p{Cc}]+@[^\s<>()[\]\\,;:"@\p{Cc}]+$/u
const NAMED = /^([^<>\p{Cc}]*)<([^<>]*)>$/u

/** `Bina <bina@example.go.id>` or a bare address; undefined for anything else, and for more than one. */
export function parseMailAddress(text: string): MailAddress | undefined {
  const named = NAMED.exec(text.trim())
  const address = (named?.[2] ?? text).trim()
  if (!ADDRESS.test(address) || address.length > 254) return undefined
  return { name: (named?.[1] ?? '').trim().replace(/^"|"$/g, ''), address }
}
