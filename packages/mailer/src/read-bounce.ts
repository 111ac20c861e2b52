import type { Bounce, BouncedRecipient } from '@bina/pipeline/ports/report-bounce'
import { type ParsedMail, simpleParser } from 'mailparser'
import { parseMailAddress } from './mail-address.ts'

// RFC 3464 and, for addresses beyond ASCII, RFC 6533.
const statusType = /^message\/(?:global-)?delivery-status$/
const originalType = /^(?:message\/rfc822|text\/rfc822-headers|message\/global|message\/global-headers)$/
const statusForm = /^[245]\.\d{1,3}\.\d{1,3}\b/
// A mail of ours has one recipient, who may stand for a few; whoever writes of thousands wants to keep us busy.
const mostRecipients = 100
const messageIdForm = /^<[^\s<>]{1,998}>$/

/** What a delivery status notification says; undefined for any other mail, however much it reads like one. */
export async function readBounce(raw: Buffer): Promise<Bounce | undefined> {
  const parts = (await parse(raw)).attachments
  const status = parts.find(({ contentType }) => statusType.test(contentType))
  if (status === undefined) return undefined
  // The first group of fields is about the mail as a whole, each further one about a recipient.
  const [, ...groups] = status.content
    .toString('utf8')
    .trim()
    .split(/(?:\r?\n){2,}/)
  const recipients = (await Promise.all(groups.slice(0, mostRecipients).map(readRecipient))).filter(
    (one) => one !== undefined,
  )
  if (recipients.length === 0) return undefined
  const original = parts.find(({ contentType }) => originalType.test(contentType))
  const messageId = original === undefined ? '' : ((await parse(headersOf(original.content))).messageId ?? '')
  return { recipients, ...(messageIdForm.test(messageId) ? { messageId } : {}) }
}

async function readRecipient(fields: string): Promise<BouncedRecipient | undefined> {
  const { headers } = await parse(`${fields}\r\n\r\n`)
  const field = (name: string) => {
    const value = headers.get(name)
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? first.replace(/\s+/g, ' ').trim() : ''
  }
  const status = statusForm.exec(field('status'))?.[0]
  if (status === undefined) return undefined
  const addresses = ['final-recipient', 'original-recipient'].flatMap((name) => addressOf(field(name)) ?? [])
  return {
    addresses,
    action: field('action').split(' ')[0]?.toLowerCase() ?? '',
    status,
    diagnostic: withoutType(field('diagnostic-code')),
  }
}

/** `rfc822; lurah@palembang.example` */
const addressOf = (text: string) => parseMailAddress(withoutType(text))?.address
const withoutType = (text: string) => text.replace(/^[\w-]+ ?; ?/, '')

/** The returned mail may be large, and only its headers are asked for. */
function headersOf(mail: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(mail.toString('latin1'))?.index
  return Buffer.concat([mail.subarray(0, end ?? mail.length), Buffer.from('\r\n\r\n')])
}

const parse = (raw: Buffer | string): Promise<ParsedMail> =>
  simpleParser(raw, { keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
