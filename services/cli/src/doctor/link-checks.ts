import type { linkVariables } from '@bina/runtime/variables'
import type { z } from 'zod'
import { type Check, fail, ok, warn } from './check.ts'

type LinkConfig = z.infer<z.ZodObject<typeof linkVariables>>

const askTimeoutMs = 5_000

/** Whether the reports can have links, and whether these lead to the portal, over a way on which nobody reads along. */
export async function linkChecks({
  PUBLIC_URL: url,
  REPORT_LINK_SECRET: secret,
}: LinkConfig): Promise<readonly Check[]> {
  if (url === undefined || secret === undefined) {
    const missing = url === undefined ? 'PUBLIC_URL' : 'REPORT_LINK_SECRET'
    const next = `Set ${missing}${url === undefined ? '=https://bina.your-city.example' : ', made with: openssl rand -hex 32'}`
    return [warn('links', `${missing} is not set, so the reports have no links and ask for a reply instead.`, next)]
  }
  return [linkCheck(url, await pageAt(url))]
}

/** What stands at the address: the portal, something else, or nothing. */
export type FoundAt = { readonly kind: 'portal' | 'other' } | { readonly kind: 'nothing'; readonly reason: string }

export function linkCheck(url: string, found: FoundAt): Check {
  if (found.kind === 'nothing') {
    const next = 'Start portal, or set PUBLIC_URL to the address at which readers reach it.'
    return fail('links', `The links of the reports lead to ${url}, where nothing answers (${found.reason}).`, next)
  }
  if (found.kind === 'other') {
    const next = 'Set PUBLIC_URL to the address of portal, with the path that it stands behind.'
    return fail('links', `The links of the reports lead to ${url}, and that is not Bina's portal.`, next)
  }
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) {
    const next = 'Put TLS in front of portal and begin PUBLIC_URL with https://'
    return warn('links', `The links of the reports lead to ${url}, which is not encrypted: others may read them.`, next)
  }
  return ok('links', `The links of the reports lead to ${url}, where portal answers.`)
}

async function pageAt(url: string): Promise<FoundAt> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/`, { signal: AbortSignal.timeout(askTimeoutMs) })
    return { kind: (await response.text()).includes('content="Bina portal"') ? 'portal' : 'other' }
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
    return { kind: 'nothing', reason: code ?? (error instanceof Error ? error.message : String(error)) }
  }
}
