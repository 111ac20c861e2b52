import { checkEvent } from '@bina/events/check-event'
import { pointerIn } from '@bina/events/detail'
import { encodeEvent } from '@bina/events/encode-event'
import type { ServiceEvent } from '@bina/events/service-event'
import { BatchError, DeliveryError, type EventProblem, InvalidEventError } from './client-errors.ts'
import { createDeliveryQueue, type DeliveryConfig } from './delivery-queue.ts'
import type { EventDraft } from './event-draft.ts'
import { createKafkaTransport, type KafkaTransportConfig } from './kafka-transport.ts'
import type { EventTransport } from './transport.ts'

/** Everything but `source` has a default; without a transport of your own, `brokers` is needed too. */
export type BinaClientConfig = { readonly source: string } & Partial<KafkaTransportConfig> & Partial<DeliveryConfig>

export interface BinaClientDeps {
  /** Another way than Kafka: http-transport.ts, or memory-transport.ts in your tests. */
  readonly transport?: EventTransport
  readonly clock?: () => number
}

export interface Receipt {
  readonly id: string
  /** `duplicate`: the other side knows that it has it already. Kafka cannot tell, there every repeat is `accepted`. */
  readonly status: 'accepted' | 'duplicate'
}

export interface BinaClient {
  /** Resolves when the event can no longer be lost. While the buffer is full it waits: await it, or bound your own sends.
   *  @throws InvalidEventError (nothing was sent) @throws DeliveryError @throws RejectedEventError */
  send(event: EventDraft): Promise<Receipt>
  /** All or nothing is checked, then sent; receipts in the order of the events.
   *  @throws InvalidEventError (nothing was sent, every problem is told) @throws BatchError (the others were accepted) */
  sendBatch(events: readonly EventDraft[]): Promise<readonly Receipt[]>
  /** Sends what is waiting without lingering; resolves when all of it is acknowledged or its sender knows that it failed. */
  flush(): Promise<void>
  /** Takes no more, flushes, then lets go of the connection. What is not acknowledged after `timeoutMs` is given up. */
  close(options?: { readonly timeoutMs?: number }): Promise<void>
}

const defaults: DeliveryConfig = {
  batchEvents: 500,
  batchBytes: 512 * 1024,
  lingerMs: 20,
  bufferEvents: 10_000,
  bufferWaitMs: 60_000,
  firstRetryMs: 200,
  maxRetryMs: 10_000,
  giveUpAfterMs: 120_000,
}

/** Publishes a system's events. Create one and keep it. @throws TypeError without a way to publish, or without a source. */
export function createBinaClient(config: BinaClientConfig, deps: BinaClientDeps = {}): BinaClient {
  const { source, brokers } = config
  if (source === '') throw new TypeError('source: name your system by a URI reference, such as urn:palembang:hr')
  const transport = deps.transport ?? (brokers === undefined ? undefined : createKafkaTransport({ ...config, brokers }))
  if (transport === undefined) throw new TypeError('brokers: name the Kafka brokers, or give a transport')
  const clock = deps.clock ?? Date.now
  const queue = createDeliveryQueue({ ...defaults, ...config }, transport)
  let closing: Promise<void> | undefined

  const ready = (
    draft: EventDraft,
    index: number,
  ): { readonly event: ServiceEvent; readonly bytes: number } | EventProblem => {
    const checked = checkEvent({ ...draft, specversion: '1.0', source }, draft.data, undefined, clock())
    if (checked.kind === 'dead_letter') {
      const pointer = pointerIn(checked.detail)
      return { index, pointer, expected: checked.detail.replace(/^.*?expected /, ''), reason: checked.reason }
    }
    return { event: checked.value, bytes: encodeEvent(checked.value).value.length }
  }
  const sendAll = async (drafts: readonly EventDraft[]) => {
    if (closing !== undefined) throw new DeliveryError('closed', 'the client is closed')
    const checked = drafts.map(ready)
    const problems = checked.filter((one) => 'reason' in one)
    if (problems.length > 0) throw new InvalidEventError(problems)
    const events = checked.filter((one) => 'event' in one)
    return Promise.allSettled(
      events.map(
        async ({ event, bytes }): Promise<Receipt> => ({ id: event.id, status: await queue.enqueue(event, bytes) }),
      ),
    )
  }
  const close = async (timeoutMs: number) => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        queue.abandon()
        resolve()
      }, timeoutMs)
    })
    await Promise.race([queue.flush(), late])
    clearTimeout(timer)
    await transport.close()
  }

  return {
    send: async (draft) => {
      const [settled] = await sendAll([draft])
      if (settled === undefined) throw new Error('one event was sent and none settled')
      if (settled.status === 'rejected') throw settled.reason
      return settled.value
    },
    sendBatch: async (drafts) => {
      const settled = await sendAll(drafts)
      const failures = settled.flatMap((one, index) =>
        one.status === 'rejected' ? [{ index, error: one.reason as unknown }] : [],
      )
      if (failures.length > 0) throw new BatchError(settled.length, failures)
      return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    },
    flush: () => queue.flush(),
    close: (options = {}) => {
      closing ??= close(options.timeoutMs ?? 30_000)
      return closing
    },
  }
}
