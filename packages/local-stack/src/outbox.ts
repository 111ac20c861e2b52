import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type HeaderValue, simpleParser } from 'mailparser'

export interface KeptMail {
  readonly messageId: string | undefined
  readonly subject: string
  /** Addresses of the envelope: where it was really sent. */
  readonly recipients: readonly string[]
  /** 1 for the first mail with this Message-ID, 2 for its second delivery, and so on. */
  readonly delivery: number
  readonly emlFile: string
}

export interface Outbox {
  readonly dir: string
  /** Resolves when the mail's files are on disk: `.eml`, and what it has of `.html` (its images inside) and `.txt`. */
  keep(raw: Buffer, recipients: readonly string[]): Promise<KeptMail>
  /** Every mail that was ever kept here, by file name. */
  mails(): Promise<readonly KeptMail[]>
}

const ENVELOPE_HEADER = 'X-Envelope-To'
const LONGEST_NAME = 120
const LONGEST_RECIPIENT = 60
const DELIVERY = /\.(\d+)$/

/** A directory of mails that a person can look through: each is named after its recipient and Message-ID, a repeat gets `.2`, `.3` before its ending. */
export function createOutbox(outboxDir: string): Outbox {
  const dir = resolve(outboxDir)

  async function keep(raw: Buffer, recipients: readonly string[]): Promise<KeptMail> {
    await mkdir(dir, { recursive: true })
    const parsed = await simpleParser(raw)
    const name = `${recipientIn(recipients)}${fileName(parsed.messageId, raw)}`
    const eml = Buffer.concat([Buffer.from(`${ENVELOPE_HEADER}: ${recipients.join(', ')}\r\n`), raw])
    const draft = join(dir, `.${randomBytes(8).toString('hex')}.draft`)
    await writeDurably(draft, eml)
    const delivery = await claim(draft, name)
    const numbered = withDelivery(name, delivery)
    if (typeof parsed.html === 'string') await writeWhole(join(dir, `${numbered}.html`), parsed.html)
    if (parsed.text !== undefined) await writeWhole(join(dir, `${numbered}.txt`), parsed.text)
    const emlFile = join(dir, `${numbered}.eml`)
    return { messageId: parsed.messageId, subject: parsed.subject ?? '', recipients, delivery, emlFile }
  }

  /** Gives the draft the first free name; a link fails when the name is taken, so that two deliveries at once never share one. */
  async function claim(draft: string, name: string): Promise<number> {
    try {
      for (let delivery = 1; ; delivery++) {
        try {
          await link(draft, join(dir, `${withDelivery(name, delivery)}.eml`))
          return delivery
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
        }
      }
    } finally {
      await rm(draft, { force: true })
    }
  }

  return {
    dir,
    keep,
    mails: async () => {
      const names = await readdir(dir).catch(() => [])
      const emls = names.filter((name) => name.endsWith('.eml') && !name.startsWith('.')).toSorted()
      return Promise.all(emls.map((name) => readKept(join(dir, name))))
    },
  }
}

/** Who got it, so that a person finds a unit's mail by its file; the ending is still the Message-ID's. */
export function recipientIn(recipients: readonly string[]): string {
  const [first = ''] = recipients
  const local = (first.split('@')[0] ?? '')
    .replace(/[^A-Za-z0-9._+=-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, LONGEST_RECIPIENT)
  return local === '' ? '' : `${local}--`
}

/** The Message-ID without its brackets where that is a safe name; made safe, with a hash to keep it apart from others, where not. */
export function fileName(messageId: string | undefined, raw: Buffer): string {
  if (messageId === undefined) return `no-message-id-${hash(raw)}`
  const id = messageId.replace(/^<|>$/g, '')
  // The mail's number of delivery is told from the name's end, so that an id which ends like one needs the hash as well.
  const safe = /^[A-Za-z0-9][A-Za-z0-9._@+=-]*$/.test(id) && id.length <= LONGEST_NAME && !DELIVERY.test(id)
  if (safe) return id
  return `${id
    .replace(/[^A-Za-z0-9._@+=-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(0, LONGEST_NAME)}-${hash(id)}`
}

function withDelivery(name: string, delivery: number): string {
  return delivery === 1 ? name : `${name}.${delivery}`
}

async function readKept(emlFile: string): Promise<KeptMail> {
  const raw = await readFile(emlFile)
  const end = raw.indexOf('\r\n\r\n')
  const parsed = await simpleParser(raw.subarray(0, end < 0 ? raw.length : end + 4))
  const delivery = emlFile.slice(0, -'.eml'.length).match(DELIVERY)?.[1]
  return {
    messageId: parsed.messageId,
    subject: parsed.subject ?? '',
    recipients: addresses(parsed.headers.get(ENVELOPE_HEADER.toLowerCase())),
    delivery: delivery === undefined ? 1 : Number(delivery),
    emlFile,
  }
}

function addresses(value: HeaderValue | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(',').map((address) => address.trim()) : []
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12)
}

async function writeDurably(file: string, content: Buffer): Promise<void> {
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.draft`
  await writeDurably(draft, Buffer.from(text))
  await rename(draft, file)
}
