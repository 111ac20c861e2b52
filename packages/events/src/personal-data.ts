// 16 digits (NIK) or 18 digits (NIP), also when written in groups: 19801231 200501 1 001.
const citizenNumberPattern = /^(?:[\s._-]*\d){16}(?:(?:[\s._-]*\d){2})?[\s._-]*$/

/**
 * Whether a value given as an opaque key looks like a NIK (16 digits) or a NIP (18 digits). A JSON number counts too:
 * a publisher that sends the raw number has leaked it just the same.
 *
 * Only `personKey` and `reporterKey` are asked. Ids, codes and phone-like numbers elsewhere are not: a ticket number of
 * 16 digits (a date and a counter) is common, and refusing it would lose a citizen's complaint. Names and free text have
 * no field to stand in, so the strict schemas refuse them.
 */
export function looksLikeCitizenNumber(value: unknown): boolean {
  if (typeof value === 'number') return citizenNumberPattern.test(String(value))
  return typeof value === 'string' && value.length >= 16 && citizenNumberPattern.test(value)
}
