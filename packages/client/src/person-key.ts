import { createHmac } from 'node:crypto'

/** A secret this short could be guessed, and with it every key be turned back into a number. */
const shortestSecretBytes = 32

/**
 * The opaque key of a person: HMAC-SHA256 of the NIP (or another number of theirs), keyed with your secret, in base64url without
 * padding. Spaces, dots and hyphens in the number do not matter. Keep the secret where the NIPs are: Bina never needs it. Another
 * secret makes another person of everybody.
 * @throws RangeError for a secret under 32 bytes or one that repeats a single character, and for an empty number.
 */
export function personKey(secret: string | Uint8Array, nip: string): string {
  return keyedHash(secret, nip)
}

/** The opaque key of a citizen who complains, made in the same way from whatever your system knows them by. */
export function reporterKey(secret: string | Uint8Array, reporter: string): string {
  return keyedHash(secret, reporter)
}

function keyedHash(secret: string | Uint8Array, identifier: string): string {
  const key = Buffer.from(secret)
  if (key.length < shortestSecretBytes || new Set(key).size < 2) {
    throw new RangeError(
      `the secret must have at least ${shortestSecretBytes} bytes, not all of them the same; make one with: openssl rand -base64 48`,
    )
  }
  // Numbers are written in groups or not; anything else counts as it is written, but for its case.
  const number = identifier.replace(/[\s.-]/g, '')
  const plain = /^\+?\d+$/.test(number) ? number : identifier.trim().toLowerCase()
  if (!/[\p{L}\p{N}]/u.test(plain))
    throw new RangeError('the number is empty: a key made of nothing would stand for many people')
  return createHmac('sha256', key).update(plain).digest('base64url')
}
