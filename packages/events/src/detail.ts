/**
 * What a dead letter tells the sender: a JSON pointer (RFC 6901) into the event's JSON form, where it points anywhere, and
 * what was expected there. Never what was found: details are logged and shown to people who may not see the event.
 */
export function detailOf(pointer: string, expected: string): string {
  return pointer === '' ? `expected ${expected}` : `${pointer}: expected ${expected}`
}

/** The pointer of a detail; empty when it speaks of the whole message. */
export function pointerIn(detail: string): string {
  return detail.startsWith('/') ? detail.slice(0, detail.indexOf(': ')) : ''
}
