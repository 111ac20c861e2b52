/** Addresses of cases in the complaint systems that they came by: one template a channel, with `{id}` where the case's id goes. */
export type CaseUrls = ReadonlyMap<string, string>

export class CaseUrlsError extends Error {}

const channels = ['sp4n_lapor', 'social_media', 'mayor_visit', 'walk_in', 'phone', 'whatsapp', 'web', 'other']

/**
 * Reads `channel=template,channel=template`.
 *
 * @throws CaseUrlsError for what is no channel of the contract, no http or https address, has no `{id}`, or an `{id}` before its path
 */
export function parseCaseUrls(text: string): CaseUrls {
  const urls = new Map<string, string>()
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const [, channel = '', template = ''] = /^([^=]+)=(.*)$/.exec(entry) ?? []
    if (!channels.includes(channel))
      throw new CaseUrlsError(`"${entry}" does not begin with a channel and "=": use one of ${channels.join(', ')}`)
    if (!template.includes('{id}')) throw new CaseUrlsError(`the address for ${channel} has no {id} in it`)
    // An id is the sender's: it must not choose the server, nor the way to speak to it.
    const parsed = URL.canParse(template) ? new URL(template) : undefined
    if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || !/^https?:\/\/[^/{}?#\\]+[/?#]/.test(template))
      throw new CaseUrlsError(`the address for ${channel} is no http or https address whose server is written out`)
    if (urls.has(channel)) throw new CaseUrlsError(`there are two addresses for ${channel}`)
    urls.set(channel, template)
  }
  return urls
}

/** Where a case is looked at; undefined where its channel has no template. */
export function caseUrl(urls: CaseUrls, channel: string, complaintId: string): string | undefined {
  return urls.get(channel)?.replaceAll('{id}', () => encodeURIComponent(complaintId))
}
