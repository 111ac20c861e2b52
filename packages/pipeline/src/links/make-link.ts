import { linkAddress } from './link-address.ts'
import type { LinkClaim } from './link-claim.ts'
import { createLinkSigner, previewToken } from './link-token.ts'

/** Where links lead and what signs them; without both there are none. */
export interface LinkConfig {
  readonly publicUrl?: string | undefined
  readonly secret?: string | undefined
  /** For whoever looks at a report before it goes out: the same links, whose pages do nothing. They need no secret. */
  readonly isPreview?: boolean
}

/** The address of each claim's page; undefined where links lead nowhere. */
export function createMakeLink({
  publicUrl,
  secret,
  isPreview,
}: LinkConfig): ((claim: LinkClaim) => string) | undefined {
  if (publicUrl === undefined) return undefined
  if (isPreview === true) return (claim) => linkAddress(publicUrl, claim, () => previewToken)
  if (secret === undefined) return undefined
  const sign = createLinkSigner(secret)
  return (claim) => linkAddress(publicUrl, claim, sign)
}
