import type { ServiceEvent } from '@bina/events/service-event'
import { DeliveryError, RejectedEventError } from './client-errors.ts'
import { type EventTransport, type PublishResult, TransportError } from './transport.ts'

export interface DeliveryConfig {
  /** A batch is sent when it has so many events or bytes, or when its first event has waited so long. */
  readonly batchEvents: number
  readonly batchBytes: number
  readonly lingerMs: number
  /** Events that may be on their way at once; `enqueue` waits for room, but not longer than this. */
  readonly bufferEvents: number
  readonly bufferWaitMs: number
  readonly firstRetryMs: number
  readonly maxRetryMs: number
  /** How long an event is tried before its sender is told. */
  readonly giveUpAfterMs: number
}

export interface DeliveryQueue {
  /** Resolves when the event is acknowledged. @throws DeliveryError, RejectedEventError */
  enqueue(event: ServiceEvent, bytes: number): Promise<'accepted' | 'duplicate'>
  /** Sends what is here without lingering; resolves when all of it is acknowledged or has failed. */
  flush(): Promise<void>
  /** Gives up at once on what is not acknowledged. */
  abandon(): void
}

interface Entry {
  readonly event: ServiceEvent
  readonly bytes: number
  readonly sequence: number
  readonly enteredAtMs: number
  settle(outcome: PublishResult | Error): void
}

// Durations are measured on a clock that is never set.
const clock = () => performance.now()

/** Batches in the order of arrival, one on its way at a time, so that what is sent first arrives first. */
export function createDeliveryQueue(config: DeliveryConfig, transport: EventTransport): DeliveryQueue {
  const batchEvents = Math.min(config.batchEvents, transport.maxEvents)
  const batchBytes = Math.min(config.batchBytes, transport.maxBytes)
  const queue: Entry[] = []
  const onTheWay = new Set<Promise<unknown>>()
  const waitingForRoom: { readonly go: () => void; readonly fail: (error: Error) => void }[] = []
  const abandoned = new AbortController()
  let sequence = 0
  let hurryUpTo = 0
  let buffered = 0
  let sending = false
  let timer: NodeJS.Timeout | undefined

  const takeBatch = (): readonly Entry[] => {
    let bytes = 0
    let count = 0
    for (const entry of queue) {
      if (count === batchEvents || (count > 0 && bytes + entry.bytes > batchBytes)) break
      bytes += entry.bytes
      count++
    }
    return queue.splice(0, count)
  }

  const mustGo = (first: Entry) => {
    if (first.sequence <= hurryUpTo || queue.length >= batchEvents) return true
    let bytes = 0
    return queue.some((entry) => {
      bytes += entry.bytes
      return bytes >= batchBytes
    })
  }

  const lingered = (first: Entry) => clock() - first.enteredAtMs >= config.lingerMs

  const pump = (cause: 'arrival' | 'time') => {
    const [first] = queue
    if (sending || first === undefined) return
    clearTimeout(timer)
    // An arrival alone is no reason: what is sent in one go arrives one by one, and belongs together.
    if (!mustGo(first) && !(cause === 'time' && lingered(first))) {
      timer = setTimeout(() => pump('time'), Math.max(0, first.enteredAtMs + config.lingerMs - clock()))
      return
    }
    sending = true
    const batch = takeBatch()
    deliver(batch).then((outcomes) => {
      sending = false
      buffered -= batch.length
      for (const [at, entry] of batch.entries())
        entry.settle(outcomes[at] ?? new Error('the transport gave too few results'))
      for (const { go } of waitingForRoom.splice(0, batch.length)) go()
      pump('time')
    })
  }

  const deliver = async (batch: readonly Entry[]): Promise<readonly (PublishResult | Error)[]> => {
    const startedAtMs = clock()
    for (let attempt = 0; ; attempt++) {
      try {
        return await transport.publish(batch.map((entry) => entry.event))
      } catch (error) {
        const passing = error instanceof TransportError && error.passing
        const backoffMs =
          Math.min(config.maxRetryMs, config.firstRetryMs * 2 ** Math.min(attempt, 20)) * (1 - Math.random() / 4)
        const delayMs = Math.max(backoffMs, error instanceof TransportError ? (error.waitMs ?? 0) : 0)
        const late = clock() + delayMs - startedAtMs > config.giveUpAfterMs
        const failed = () => {
          const why = error instanceof Error ? error.message : String(error)
          return batch.map(
            () => new DeliveryError('not_delivered', `not acknowledged after ${attempt + 1} tries: ${why}`, error),
          )
        }
        if (!passing || late || abandoned.signal.aborted) return failed()
        await pause(delayMs)
        if (abandoned.signal.aborted) return failed()
      }
    }
  }

  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(over)
        abandoned.signal.removeEventListener('abort', end)
        resolve()
      }
      const over = setTimeout(end, delayMs)
      abandoned.signal.addEventListener('abort', end)
    })

  const room = async (): Promise<void> => {
    if (buffered < config.bufferEvents && waitingForRoom.length === 0) {
      buffered++
      return
    }
    await new Promise<void>((resolve, reject) => {
      const waiter = {
        go: () => {
          clearTimeout(late)
          // Taken here and not by whoever wakes first: nobody overtakes.
          buffered++
          resolve()
        },
        fail: (error: Error) => {
          clearTimeout(late)
          reject(error)
        },
      }
      const late = setTimeout(() => {
        waitingForRoom.splice(waitingForRoom.indexOf(waiter), 1)
        const message = `${config.bufferEvents} events are on their way and none was acknowledged in ${config.bufferWaitMs} ms`
        reject(new DeliveryError('buffer_full', message))
      }, config.bufferWaitMs)
      waitingForRoom.push(waiter)
    })
  }

  const enqueue = async (event: ServiceEvent, bytes: number, mine: number): Promise<'accepted' | 'duplicate'> => {
    await room()
    const outcome = await new Promise<PublishResult | Error>((settle) => {
      queue.push({ event, bytes, sequence: mine, enteredAtMs: clock(), settle })
      pump('arrival')
    })
    if (outcome instanceof Error) throw outcome
    if (outcome.status === 'rejected') throw new RejectedEventError(outcome)
    return outcome.status
  }

  return {
    enqueue: (event, bytes) => {
      const sent = enqueue(event, bytes, ++sequence)
      const settled: Promise<unknown> = sent.then(
        () => onTheWay.delete(settled),
        () => onTheWay.delete(settled),
      )
      onTheWay.add(settled)
      return sent
    },
    flush: async () => {
      hurryUpTo = sequence
      pump('arrival')
      await Promise.all(onTheWay)
    },
    abandon: () => {
      abandoned.abort()
      const closed = new DeliveryError('closed', 'the client was closed before the event was acknowledged')
      for (const { fail } of waitingForRoom.splice(0)) fail(closed)
      for (const { settle } of queue.splice(0)) settle(closed)
    },
  }
}
