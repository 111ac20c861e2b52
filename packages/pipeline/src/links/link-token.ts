import { timingSafeEqual } from 'node:crypto'
import { decodeClaim, encodeClaim, type LinkClaim, type LinkPurpose } from './link-claim.ts'
import { createLinkKey, type LinkKey } from './link-key.ts'

/**
 * `<key id>.<claim>.<signature>`, each base64url. Equal claims give equal tokens, so that a mail which is sent again has the same
 * links. The signature is HMAC-SHA-256 over all that stands before it.
 */
export function createLinkSigner(secret: string): (claim: LinkClaim) => string {
  const key = createLinkKey(secret)
  return (claim) => {
    const signed = `${key.id}.${Buffer.from(encodeClaim(claim)).toString('base64url')}`
    return `${signed}.${key.mac(signed).toString('base64url')}`
  }
}

/** Stands for a token in what is only looked at: it says nothing and does nothing. No signed token is as short. */
export const previewToken = 'preview'

/** `preview`: of a report that was only looked at. `cut`: not a whole token. `foreign`: not signed by us, or for another purpose. `expired`: ours, and too old. */
export type LinkVerdict<P extends LinkPurpose> =
  | { readonly kind: 'valid'; readonly claim: LinkClaim<P> }
  | { readonly kind: 'expired'; readonly claim: LinkClaim<P> }
  | { readonly kind: 'preview' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'foreign' }

export type VerifyLink = <P extends LinkPurpose>(token: string, purpose: P, nowMs: number) => LinkVerdict<P>

const shape = /^([\w-]{8})\.([\w-]{1,1000})\.([\w-]{43})$/

/** Knows the current secret, and the one before it while its links are still about. */
export function createLinkVerifier(secrets: { readonly current: string; readonly previous?: string }): VerifyLink {
  const keys = [secrets.current, secrets.previous].flatMap((secret) =>
    secret === undefined ? [] : [createLinkKey(secret)],
  )
  return (token, purpose, nowMs) => {
    if (token === previewToken) return { kind: 'preview' }
    const [, keyId = '', payload = '', signature = ''] = shape.exec(token) ?? []
    if (keyId === '') return { kind: 'cut' }
    const key = keys.find(({ id }) => id === keyId)
    if (key === undefined || !isSignedBy(key, `${keyId}.${payload}`, signature)) return { kind: 'foreign' }
    const claim = decodeClaim(Buffer.from(payload, 'base64url').toString())
    if (claim === undefined || !isFor(claim, purpose)) return { kind: 'foreign' }
    return { kind: nowMs < endOf(claim.expiresOn) ? 'valid' : 'expired', claim }
  }
}

/** In constant time, so that a forger cannot feel his way from one byte to the next. */
function isSignedBy(key: LinkKey, signed: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  const due = key.mac(signed)
  // One signature has several spellings in base64url: only ours is taken, so that one link is one text.
  return given.length === due.length && timingSafeEqual(given, due) && given.toString('base64url') === signature
}

function isFor<P extends LinkPurpose>(claim: LinkClaim, purpose: P): claim is LinkClaim<P> {
  return claim.purpose === purpose
}

const endOf = (date: string) => Date.parse(`${date}T00:00:00Z`) + 86_400_000
