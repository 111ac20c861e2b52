import { setTimeout as wait } from 'node:timers/promises'
import type { EmptyOffsets } from '@bina/pipeline/ports/ingest-log'
import type { Consumer, ConsumerEndBatchProcessEvent, EachBatchPayload, Kafka } from 'kafkajs'
import { createBacklog } from './backlog.ts'
import { createBatchBuffer, type TakenBatch } from './batch-buffer.ts'
import type { ConsumerState } from './consumer-state.ts'
import { createGenerationCommits } from './generation-commits.ts'
import { isPassingKafkaError } from './kafka-error.ts'
import type { KafkaLog } from './kafka-log.ts'
import { findOffsetGaps, OffsetGapError } from './offset-gap.ts'
import { isOutOfRange } from './out-of-range.ts'
import { isOutdated } from './outdated-fetch.ts'
import { type ReceivedMessage, toReceived } from './received-message.ts'
import { withStopPatience } from './stop-patience.ts'

export interface BatchConsumerConfig {
  readonly groupId: string
  readonly topics: readonly string[]
  readonly maxRows: number
  readonly maxBytes: number
  readonly maxWaitMs: number
  /** How long messages wait for others while as many as fill a batch are known to come behind them: few large batches cost less than many
   *  small ones, and what is that old already is not hurt by it. As long as ever when absent. */
  readonly backlogWaitMs?: number
  readonly sessionTimeoutMs: number
}

export interface BatchConsumerDeps {
  readonly kafka: Pick<Kafka, 'admin' | 'consumer'>
  /** Resolves only when every message is durable somewhere; only then is its offset committed. Called for one batch at a
   *  time. A throw that is not `isRetryable` ends the consumer. `stopping` is aborted as soon as the consumer is told to stop,
   *  which may be before the call: whoever works long ends then, by `stopping.throwIfAborted()`, an AbortError or the answer
   *  'unfinished', and its batch stays uncommitted and comes again; whoever works briefly may pass over it and finish. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most handlers have nothing to say
  readonly handle: (batch: readonly ReceivedMessage[], stopping: AbortSignal) => Promise<void | 'unfinished'>
  /** Called once with each batch as soon as it is gathered, while the one before it may still be handled: what can be made ready without
   *  the world is made ready here. The batch may never reach `handle`. */
  readonly ahead?: (batch: readonly ReceivedMessage[]) => void
  /** Called before `handle` with the offsets among and behind its messages that hold none, when anybody wants to know; they are
   *  committed only when this has resolved. Also alone, when nothing else came. */
  readonly keepEmpty?: (empty: readonly EmptyOffsets[]) => Promise<void>
  readonly isRetryable: (error: unknown) => boolean
  readonly log: KafkaLog
  /** Each try that failed for the world's fault, and for how long the batch has waited. */
  readonly onWait?: (error: unknown, waitedMs: number) => void
  /** The end of a pause: the batch that waited is durable or went elsewhere (`waited`), or the buffer has room again (`full`). */
  readonly onPause?: (cause: 'waited' | 'full', pausedMs: number) => void
}

export interface BatchConsumer {
  readonly name: string
  /** Throws an OffsetGapError where the log no longer has what the group would read next: nothing is leapt over unasked. */
  start(): Promise<void>
  /** Tells the running handler, stops fetching, commits what the handler finished all the same, leaves the group where it can soon. */
  stop(): Promise<void>
  /** Rejects when the consumer cannot go on; the process should then end. */
  readonly failed: Promise<never>
  /** Undefined while it makes progress, else the reason why it does not. */
  ready(): string | undefined
  /** True while this member holds the partition: it was given to it, and a heartbeat was answered within the session. */
  holds(topic: string, partition: number): boolean
  state(): ConsumerState
}

const heartbeatEveryMs = 1_000
const stuckAfterMs = 25_000
const joinAgainAfterMs = 1_000
/** Partitions that are added while all runs are read so soon after at the latest. */
const newPartitionsWithinMs = 15_000

/** At-least-once: fetch, gather over partitions, handle, then commit. While `handle` waits for the world, nothing is
 *  dropped: the buffer fills, fetching stops, heartbeats go on and the place in the group is kept. */
export function createBatchConsumer(config: BatchConsumerConfig, deps: BatchConsumerDeps): BatchConsumer {
  const { log } = deps
  // Waiting and heartbeats go by the machine's time, whatever the city's clock says.
  const clock = () => performance.now()
  const buffer = createBatchBuffer(config, clock)
  const backlog = createBacklog()
  const abort = new AbortController()
  const commits = createGenerationCommits({ log })
  let consumer: Consumer | undefined
  let assigned: Readonly<Record<string, readonly number[]>> | undefined
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let waitingSinceMs: number | undefined
  let waitReason = ''
  let workSinceMs: number | undefined
  let isStoring = false
  let movedAtMs = Number.NEGATIVE_INFINITY
  let heardAtMs = Number.NEGATIVE_INFINITY
  let wake: () => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained

  const dueAtMs = () => {
    const dueMs = buffer.dueAtMs()
    const longerMs = (config.backlogWaitMs ?? 0) - config.maxWaitMs
    return dueMs !== undefined && longerMs > 0 && backlog.messages() >= config.maxRows ? dueMs + longerMs : dueMs
  }

  const isAssigned = (topic: string, partition: number) => assigned?.[topic]?.includes(partition) === true

  const nudge = () => {
    const waking = wake
    wake = () => undefined
    waking()
  }

  /** Resolves when there is something to do: a full or due buffer, an offset still to commit, or the stop. A batch that is due while the one
   *  before is being stored could not be stored yet: it goes on growing, since few large inserts cost less than many small ones. */
  const untilDue = async () => {
    for (;;) {
      if (stopping || buffer.isFull()) return
      const nextMs = dueAtMs() ?? (commits.arePending() ? clock() + heartbeatEveryMs : undefined)
      const dueInMs = nextMs === undefined ? undefined : nextMs - clock()
      const isDue = dueInMs !== undefined && dueInMs <= 0
      if (isDue && !isStoring) return
      const remainingMs = isDue ? undefined : dueInMs
      const timer = new AbortController()
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      const timeout =
        remainingMs === undefined
          ? new Promise<void>(() => undefined)
          : wait(remainingMs, undefined, { signal: timer.signal }).catch(() => undefined)
      await Promise.race([woken, timeout])
      timer.abort()
      if (buffer.isEmpty() && commits.arePending()) return
    }
  }

  const endWait = () => {
    if (waitingSinceMs !== undefined) deps.onPause?.('waited', clock() - waitingSinceMs)
    waitingSinceMs = undefined
  }

  /** False when the messages were left to whoever gets them next: they are not durable then. */
  const handleUntilDurable = async ({ messages, empty, positions }: TakenBatch): Promise<boolean> => {
    if (positions.size === 0) return true
    const generation = commits.generation()
    for (let attempt = 0; ; attempt++) {
      try {
        if (empty.length > 0) await deps.keepEmpty?.(empty)
        if (messages.length > 0 && (await deps.handle(messages, abort.signal)) === 'unfinished') {
          if (stopping) return false
          throw new Error('a handler left its batch unfinished though nobody told it to stop')
        }
        movedAtMs = clock()
        if (waitingSinceMs !== undefined) log.info({ waitedMs: clock() - waitingSinceMs }, 'the wait is over, going on')
        endWait()
        return true
      } catch (error) {
        if (stopping && isAbort(error)) return false
        if (!deps.isRetryable(error)) throw error
        waitingSinceMs ??= clock()
        waitReason = error instanceof Error ? error.message : String(error)
        deps.onWait?.(error, clock() - waitingSinceMs)
        // A stopping worker does not outwait an outage: what it holds is uncommitted and comes again.
        if (stopping) throw error
        if (attempt === 0 || attempt % 10 === 9)
          log.warn(
            { err: error, attempt, waitedMs: clock() - waitingSinceMs },
            'cannot store now, waiting and trying again',
          )
        // A stop cuts the wait short; what is held gets one more try.
        await wait(Math.min(5_000, 200 * 2 ** Math.min(attempt, 5)), undefined, { signal: abort.signal }).catch(
          () => undefined,
        )
        if (generation !== commits.generation()) {
          log.info({ messages: messages.length }, 'what waited is fetched again, since the group has formed anew')
          endWait()
          return false
        }
      }
    }
  }

  /** False when the batch was left to whoever gets it next. */
  const flush = async (taken: TakenBatch): Promise<boolean> => {
    workSinceMs = taken.positions.size === 0 ? undefined : clock()
    isStoring = true
    try {
      const isDurable = await handleUntilDurable(taken)
      workSinceMs = undefined
      const positions: TakenBatch['positions'] = isDurable ? taken.positions : new Map()
      if (positions.size > 0 || commits.arePending()) await withStopPatience(commits.commit(positions), abort.signal)
      return isDurable
    } finally {
      isStoring = false
      nudge()
    }
  }

  /** One batch is handled and committed at a time; the next one is gathered and made ready meanwhile. */
  const flushLoop = async () => {
    let before: Promise<boolean> = Promise.resolve(true)
    for (;;) {
      await untilDue()
      const taken = buffer.take()
      const takenIn = commits.generation()
      nudgeRoom()
      if (taken.messages.length > 0 && !stopping) deps.ahead?.(taken.messages)
      const isDurable = await before
      // What a stopping handler left off comes again, and with it what was fetched behind it: to commit that would skip the rest.
      if (stopping && !isDurable) return
      before = Promise.resolve(true)
      // What was fetched before the group formed anew comes again too: whoever has its partition now fetches from the committed offset on.
      if (takenIn !== commits.generation()) {
        if (stopping) return
        continue
      }
      before = flush(taken)
      // At once, though nobody may wait for it yet.
      before.catch(fail)
      if (stopping) {
        await before
        return
      }
    }
  }

  const findGaps = () => findOffsetGaps(deps.kafka, config.groupId, config.topics)

  const whyEnded = async (error: unknown): Promise<unknown> => {
    const gaps = isOutOfRange(error) ? await findGaps() : []
    return gaps.length > 0 ? new OffsetGapError(config.groupId, gaps) : error
  }

  let room: () => void = () => undefined
  const nudgeRoom = () => {
    const waking = room
    room = () => undefined
    waking()
  }

  const untilRoom = async (heartbeat: () => Promise<void>) => {
    const sinceMs = clock()
    try {
      while (buffer.isFull() && !stopping) {
        nudge()
        const opened = new Promise<void>((resolve) => {
          room = resolve
        })
        await Promise.race([opened, wait(heartbeatEveryMs)])
        await heartbeat()
      }
    } finally {
      deps.onPause?.('full', clock() - sinceMs)
    }
  }

  const eachBatch = async (payload: EachBatchPayload) => {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload
    commits.by(payload.commitOffsetsIfNecessary)
    movedAtMs = clock()
    const { topic, partition } = batch
    let next = Number(batch.firstOffset() ?? 0)
    commits.startsAt(topic, partition, next)
    const passUntil = (end: number) => {
      if (next < end) buffer.passOver({ topic, partition, first: next, last: end - 1 })
      next = end
    }
    // What is in the buffer is resolved before anything else may run, and never more than that: a message that is resolved but not in the
    // buffer would be lost. With the last one kafkajs resolves the tail too.
    let buffered: string | undefined
    const resolveBuffered = () => {
      if (buffered !== undefined) resolveOffset(buffered)
      buffered = undefined
    }
    const mayGoOn = () => !stopping && isRunning() && !isStale() && !isOutdated(batch)
    if (!mayGoOn()) return
    for (const message of batch.messages) {
      if (buffer.isFull()) {
        resolveBuffered()
        await untilRoom(heartbeat)
        if (!mayGoOn()) return
      }
      passUntil(Number(message.offset))
      buffer.push(toReceived(topic, partition, message))
      next++
      buffered = message.offset
    }
    if (batch.messages.length > 0) passUntil(Number(batch.lastOffset()) + 1)
    resolveBuffered()
    backlog.fetched(batch, Number(batch.highWatermark), next)
    nudge()
    await heartbeat()
  }

  /** A fetch of nothing to read: kafkajs goes past it without a word to `eachBatch`, but nobody commits it. */
  const passOverFetch = (fetch: ConsumerEndBatchProcessEvent['payload']) => {
    const last = Number(fetch.lastOffset)
    // Where compaction took all there was, there is no first offset.
    const first = fetch.firstOffset === null ? last + 1 : Number(fetch.firstOffset)
    commits.startsAt(fetch.topic, fetch.partition, Math.min(first, last))
    buffer.passOver({ topic: fetch.topic, partition: fetch.partition, first, last })
    nudge()
  }

  return {
    name: `consumer ${config.groupId}`,
    failed,
    holds: (topic, partition) => isAssigned(topic, partition) && clock() - heardAtMs < config.sessionTimeoutMs,
    state: () => ({
      assigned,
      isWaiting: waitingSinceMs !== undefined,
      workingMs: workSinceMs === undefined ? undefined : clock() - workSinceMs,
      unheardMs: clock() - heardAtMs,
    }),
    ready: () => {
      if (consumer === undefined) return 'not started'
      if (waitingSinceMs !== undefined)
        return `waiting for ${Math.round((clock() - waitingSinceMs) / 1000)} s: ${waitReason}`
      const silentMs = clock() - movedAtMs
      return silentMs > stuckAfterMs
        ? `nothing was fetched or finished for ${Math.round(silentMs / 1000)} s`
        : undefined
    },
    start: async () => {
      const created = deps.kafka.consumer({
        groupId: config.groupId,
        sessionTimeout: config.sessionTimeoutMs,
        heartbeatInterval: Math.min(500, Math.floor(config.sessionTimeoutMs / 3)),
        maxWaitTimeInMs: Math.max(50, Math.min(500, config.maxWaitMs)),
        // A fetch is in memory several times: as it comes, in one piece, and for as long as one of its messages is kept.
        maxBytesPerPartition: 1024 * 1024,
        maxBytes: 8 * 1024 * 1024,
        metadataMaxAge: newPartitionsWithinMs,
        allowAutoTopicCreation: false,
        retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 5_000, restartOnFailure: async () => !stopping },
      })
      created.on(created.events.GROUP_JOIN, ({ payload }) => {
        assigned = payload.memberAssignment
        heardAtMs = clock()
        // What was fetched before and not taken is fetched again, from the committed offsets on, here or by another member.
        buffer.clear()
        backlog.clear()
        commits.begin((offsets) => created.commitOffsets(offsets))
        log.info({ groupId: config.groupId, assigned }, 'joined the group')
        if (Object.values(payload.memberAssignment).flat().length === 0)
          log.info({ groupId: config.groupId }, 'holds no partition, since the group has more workers: it stands by')
      })
      created.on(created.events.HEARTBEAT, () => {
        heardAtMs = clock()
      })
      created.on(created.events.FETCH, () => {
        movedAtMs = clock()
      })
      created.on(created.events.END_BATCH_PROCESS, ({ payload }) => {
        if (payload.batchSize === 0) passOverFetch(payload)
      })
      created.on(created.events.CRASH, ({ payload }) => {
        if (!payload.restart) goOnAfter(payload.error).catch(fail)
      })
      const run = () =>
        created.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: 6,
          eachBatch,
        })
      /** Some of what passes kafkajs takes for final: a group of which no broker knows, since all of them are away. */
      const goOnAfter = async (error: unknown) => {
        const reason = await whyEnded(error)
        if (!isPassingKafkaError(reason)) throw reason
        await wait(joinAgainAfterMs, undefined, { signal: abort.signal }).catch(() => undefined)
        if (!stopping) await run()
      }
      await created.connect()
      const gaps = await findGaps()
      if (gaps.length > 0) {
        await created.disconnect()
        throw new OffsetGapError(config.groupId, gaps)
      }
      await created.subscribe({ topics: [...config.topics], fromBeginning: true })
      consumer = created
      movedAtMs = clock()
      running = flushLoop().catch(fail)
      await run()
    },
    stop: async () => {
      stopping = true
      abort.abort()
      nudge()
      nudgeRoom()
      await running
      if (consumer !== undefined && !(await withStopPatience(consumer.disconnect(), abort.signal)))
        log.warn({ groupId: config.groupId }, 'the group is forming anew: going without having left it')
    },
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'
