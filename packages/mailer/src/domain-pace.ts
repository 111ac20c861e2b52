import { parseMailAddress } from './mail-address.ts'

/**
 * Steps in which no receiving domain takes the mails for a flood: each mail to a domain leaves a minute's share after the one before.
 * Answers how long, in milliseconds, a mail to this address has to wait from now; its instant is then taken.
 *
 * @param mailsPerDomainMinute 0: no limit
 */
export function createDomainPace(mailsPerDomainMinute: number, clock: () => number): (to: string) => number {
  if (mailsPerDomainMinute === 0) return () => 0
  const apartMs = 60_000 / mailsPerDomainMinute
  const nextMs = new Map<string, number>()
  return (to) => {
    const domain = (parseMailAddress(to)?.address.split('@')[1] ?? '').toLowerCase()
    const nowMs = clock()
    const atMs = Math.max(nowMs, nextMs.get(domain) ?? nowMs)
    nextMs.set(domain, atMs + apartMs)
    return Math.ceil(atMs - nowMs)
  }
}
