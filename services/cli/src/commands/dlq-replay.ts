import { acceptedAmong, type DeadLetterWhole, deadLettersAfter } from '@bina/clickhouse/operator-queries'
import { type DeadLetterReason, deadLetterReasons } from '@bina/events/dead-letter-reason'
import { decodeEvent } from '@bina/events/decode-event'
import { type TopicName, topicName } from '@bina/events/topics'
import { createMessagePublisher, type MessagePublisher } from '@bina/kafka/message-publisher'
import { createRateLimit } from '@bina/runtime/rate-limit'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { explainError } from '../explain-error.ts'
import { type Servers, withServers } from '../servers.ts'

export interface DlqReplayOptions {
  readonly reason: string
  /** Messages a second at most. */
  readonly rate: number
  readonly dryRun: boolean
}

export interface DlqReplayed {
  /** Sent to their topic once more; with a dry run, those that would be. */
  republished: number
  /** Would be set aside again: nothing has been mended for them. */
  stillRefused: number
  /** Are among the events by now. */
  alreadyAccepted: number
  /** Key, headers and bytes are kept for 30 days. */
  gone: number
}

const pageSize = 500

/** Sends dead letters to their topic once more, key, headers and bytes unchanged, after what refused them was mended: only those that
 *  would be accepted now, and that are not accepted yet. */
export async function dlqReplay(context: CommandContext, options: DlqReplayOptions): Promise<void> {
  const reason = reasonAsked(options.reason)
  await withServers(context.env, async (servers) => {
    const told = await replayAll(context, servers, { ...options, reason })
    const { republished, stillRefused, alreadyAccepted, gone } = told
    context.say(
      options.dryRun
        ? `${republished} dead letters of reason ${reason} would be published again.`
        : `${republished} dead letters of reason ${reason} published again.`,
    )
    if (stillRefused > 0) context.say(`${stillRefused} would be refused again: npx bina dlq list --reason ${reason}`)
    if (alreadyAccepted > 0) context.say(`${alreadyAccepted} have been accepted meanwhile.`)
    if (gone > 0)
      context.say(`${gone} are gone: key, headers and bytes are kept for 30 days. Their publisher has them.`)
    context.answer({ reason, dryRun: options.dryRun, ...told })
  })
}

async function replayAll(
  context: CommandContext,
  servers: Servers,
  { reason, rate, dryRun }: DlqReplayOptions & { readonly reason: DeadLetterReason },
): Promise<DlqReplayed> {
  const told: DlqReplayed = { republished: 0, stillRefused: 0, alreadyAccepted: 0, gone: 0 }
  const limit = createRateLimit(rate)
  const step = context.progress.step(`Publishing dead letters of reason ${reason} again`)
  const publisher = dryRun ? undefined : await createMessagePublisher(servers.kafka)
  try {
    let last: DeadLetterWhole | undefined
    for (;;) {
      context.signal.throwIfAborted()
      const page = await deadLettersAfter(servers.clickhouse, { reason, after: last, limit: Math.min(pageSize, rate) })
      last = page.at(-1)
      if (last === undefined) break
      const sent = await replayPage(servers, publisher, page, told)
      step.update(told.republished, `${told.republished} letters`)
      if (!dryRun) await limit(sent, context.signal)
    }
    step.done(`${told.republished} letters`)
    return told
  } catch (error) {
    step.fail(`${told.republished} letters, then it broke off`)
    const explained = explainError(error, context.env)
    if (explained === undefined && !context.signal.aborted) throw error
    const why = explained === undefined ? 'Stopped.' : `${explained.message} ${explained.next}`
    throw new CommandError(
      `${why} ${told.republished} were published before. Run the same command again: what is accepted by then is left out.`,
    )
  } finally {
    await publisher?.close()
  }
}

/** How many of a page were, or would be, published; the counts go to `told`. */
async function replayPage(
  { clickhouse, topicPrefix }: Servers,
  publisher: MessagePublisher | undefined,
  page: readonly DeadLetterWhole[],
  told: DlqReplayed,
): Promise<number> {
  const good = page.flatMap((letter) => {
    if (letter.bytesBase64 === '' && letter.keyBase64 === '' && letter.headers === '') {
      told.gone++
      return []
    }
    const message = messageOf(letter)
    const outcome = decodeEvent(message, Date.now())
    if (outcome.kind === 'ok') return [{ message, event: outcome.value }]
    told.stillRefused++
    return []
  })
  const accepted = await acceptedAmong(
    clickhouse,
    good.map(({ event }) => event),
  )
  const fresh = good.filter(({ event }) => !accepted({ source: event.source, id: event.id }))
  told.alreadyAccepted += good.length - fresh.length
  await publisher?.publish(
    fresh.map(({ message: { topic, key, value, headers } }) => ({
      topic: topicName(topicPrefix, topic as TopicName),
      key,
      value,
      headers,
    })),
  )
  told.republished += fresh.length
  return fresh.length
}

function messageOf({ topic, partition, offset, keyBase64, headers, bytesBase64 }: DeadLetterWhole) {
  const stored = headers === '' ? {} : (JSON.parse(headers) as Record<string, string[]>)
  return {
    topic,
    partition,
    offset,
    // A message that is sent again is a new record, of now.
    recordAtMs: Date.now(),
    key: keyBase64 === '' ? null : Buffer.from(keyBase64, 'base64'),
    value: Buffer.from(bytesBase64, 'base64'),
    headers: Object.fromEntries(
      Object.entries(stored).map(([name, values]) => {
        const [only = Buffer.alloc(0), ...more] = values.map((value) => Buffer.from(value, 'base64'))
        return [name, more.length === 0 ? only : [only, ...more]]
      }),
    ),
  }
}

function reasonAsked(text: string): DeadLetterReason {
  const reason = deadLetterReasons.find((known) => known === text)
  if (reason === undefined)
    throw new CommandError(`There is no reason ${text}. There are: ${deadLetterReasons.join(', ')}`, 2)
  if (reason === 'conflicting_duplicate')
    throw new CommandError('What says something else under a known id would be set aside again.', 2, {
      hint: 'Its publisher sends a correction: a new id, and supersedes.',
    })
  return reason
}
