import { type DeadLetterWhole, deadLetterAt, deadLetters } from '@bina/clickhouse/operator-queries'
import { deadLetterReasons } from '@bina/events/dead-letter-reason'
import { textOfUtf8 } from '@bina/events/utf8'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { meaningOf } from '../dead-letter-words.ts'
import { localTime } from '../local-time.ts'
import { printable } from '../printable.ts'
import { withServers } from '../servers.ts'
import { textTable } from '../text-table.ts'

const shownCharacters = 8 * 1024

/** The latest dead letters, with their places and reasons. */
export async function dlqList(
  context: CommandContext,
  options: { readonly reason?: string; readonly limit: number },
): Promise<void> {
  const { reason } = options
  if (reason !== undefined && !(deadLetterReasons as readonly string[]).includes(reason)) {
    throw new CommandError(`There is no reason ${reason}. There are: ${deadLetterReasons.join(', ')}`, 2)
  }
  await withServers(context.env, async ({ clickhouse, zone }) => {
    const letters = await deadLetters(clickhouse, options)
    const rows = letters.map(({ topic, partition, offset, atMs, reason: why, detail }) => {
      return [localTime(zone, atMs), topic, String(partition), String(offset), why, printable(detail)]
    })
    if (rows.length === 0)
      context.say(reason === undefined ? 'There is no dead letter.' : `There is no dead letter of reason ${reason}.`)
    else {
      for (const line of textTable(
        [['set aside', 'topic', 'partition', 'offset', 'reason', 'detail'], ...rows],
        [2, 3],
      ))
        context.say(line)
      context.say('One of them whole: npx bina dlq show TOPIC PARTITION OFFSET')
    }
    context.answer({
      deadLetters: letters.map(({ atMs, ...letter }) => ({ ...letter, at: new Date(atMs).toISOString() })),
    })
  })
}

export interface DeadLetterPlace {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** One dead letter with its original key, headers and bytes. */
export async function dlqShow(context: CommandContext, place: DeadLetterPlace): Promise<void> {
  await withServers(context.env, async ({ clickhouse, zone, topicPrefix }) => {
    // The store has the contract's names; whoever looks at the broker sees them with the prefix.
    const topic = place.topic.startsWith(topicPrefix) ? place.topic.slice(topicPrefix.length) : place.topic
    const letter = await deadLetterAt(clickhouse, { ...place, topic })
    if (letter === undefined) {
      throw new CommandError(
        `There is no dead letter at ${topic}, partition ${place.partition}, offset ${place.offset}.`,
        1,
        {
          code: 'not_found',
          hint: 'The latest ones: npx bina dlq list',
        },
      )
    }
    for (const line of tellLetter(letter, zone)) context.say(line)
    const { atMs, headers, ...rest } = letter
    context.answer({ ...rest, at: new Date(atMs).toISOString(), headers: parsedHeaders(headers) })
  })
}

/** Kafka's headers, each name with its values in base64. */
function parsedHeaders(text: string): Readonly<Record<string, readonly string[]>> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, string[]>)
}

export function tellLetter(letter: DeadLetterWhole, zone: string): readonly string[] {
  const { topic, partition, offset, atMs, reason, detail, keyBase64, headers, bytesBase64 } = letter
  const bytes = Buffer.from(bytesBase64, 'base64')
  const gone = bytes.length === 0 && keyBase64 === '' && headers === ''
  return [
    `${topic}, partition ${partition}, offset ${offset}, set aside ${localTime(zone, atMs)}`,
    `reason   ${reason}`,
    `detail   ${printable(detail)}`,
    `         ${meaningOf(reason)}`,
    ...(gone
      ? ['bytes    gone: key, headers and bytes are kept for 30 days']
      : [
          `key      ${shown(Buffer.from(keyBase64, 'base64'))}`,
          ...Object.entries(parsedHeaders(headers)).flatMap(([name, values]) =>
            values.map((value) => `header   ${printable(name)}: ${shown(Buffer.from(value, 'base64'))}`),
          ),
          `bytes    ${bytes.length}${textOfUtf8(bytes) === undefined ? ', not UTF-8, here in base64' : ''}`,
          ...(bytes.length === 0 ? [] : shortened(shown(bytes))),
        ]),
  ]
}

function shown(bytes: Buffer): string {
  const text = textOfUtf8(bytes)
  return text === undefined ? bytes.toString('base64') : printable(text)
}

function shortened(text: string): readonly string[] {
  if (text.length <= shownCharacters) return [text]
  return [
    text.slice(0, shownCharacters),
    `... and ${text.length - shownCharacters} characters more; all of them with --json`,
  ]
}
