import type { LinkClaim, LinkPurpose } from './link-claim.ts'

/** Where the portal keeps the page of each purpose; the token follows. Public: mails that were sent hold these paths. */
export const linkPaths: Readonly<Record<LinkPurpose, string>> = {
  agree: '/agree',
  done: '/done',
  object: '/object',
  held: '/held',
  unsubscribe: '/unsubscribe',
  confirm_recipient: '/confirm',
}

/** The whole address of a claim's page. `publicUrl` may have a path, where the portal stands behind one, and ends as it likes. */
export function linkAddress(publicUrl: string, claim: LinkClaim, sign: (claim: LinkClaim) => string): string {
  return `${publicUrl.replace(/\/+$/, '')}${linkPaths[claim.purpose]}/${sign(claim)}`
}
