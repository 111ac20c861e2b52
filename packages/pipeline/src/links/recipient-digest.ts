import { createHash } from 'node:crypto'

/**
 * How a link names its recipient: 128 bits of SHA-256 of the address, so that no address stands in a URL, a proxy's log or a browser's
 * history. The same for the same mailbox, however its letters are cased, and whatever the secret of links is.
 */
export function recipientDigest(address: string): string {
  return createHash('sha256')
    .update(`bina recipient ${address.trim().toLowerCase()}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}
