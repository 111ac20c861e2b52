import { until } from '@bina/testkit/until'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { type BatchConsumerDeps, createBatchConsumer } from './batch-consumer.ts'
import { createTestBroker } from './test-broker.ts'

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
const passing = new Error('ClickHouse is away')

function createWorld(
  handle: BatchConsumerDeps['handle'],
  {
    onWarning = () => {},
    maxRows = 100,
    maxWaitMs = 1,
    backlogWaitMs = 0,
    ...hooks
  }: { onWarning?: () => void; maxRows?: number; maxWaitMs?: number; backlogWaitMs?: number } & Pick<
    BatchConsumerDeps,
    'keepEmpty' | 'onPause' | 'ahead'
  > = {},
) {
  const broker = createTestBroker()
  const consumer = createBatchConsumer(
    { groupId: 'g', topics: ['t'], maxRows, maxBytes: 1_000_000, maxWaitMs, backlogWaitMs, sessionTimeoutMs: 30_000 },
    {
      kafka: broker.kafka,
      handle,
      ...hooks,
      isRetryable: (error) => error === passing,
      log: { ...silent, warn: onWarning },
    },
  )
  return { ...broker, consumer }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })

/** Somebody calls, and somebody waits for it. */
function called() {
  let call: () => void = () => {}
  const calling = new Promise<void>((resolve) => {
    call = resolve
  })
  return { calling, call }
}

describe('a worker that is told to stop while it works', () => {
  it.each<[string, (signal: AbortSignal) => Promise<'unfinished' | undefined>]>([
    [
      'throws that it was told',
      async (signal) => {
        signal.throwIfAborted()
        return undefined
      },
    ],
    ['says that it is not finished', async () => 'unfinished'],
  ])('leaves its batch to the next one when it %s', async (_, leaveOff) => {
    const { calling, call } = called()
    const { consumer, fetched, committed } = createWorld(async (_batch, stopping) => {
      call()
      await untilAborted(stopping)
      return leaveOff(stopping)
    })
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    await consumer.stop()
    expect(committed).toEqual([])
    await expect(Promise.race([consumer.failed, 'well'])).resolves.toBe('well')
  })

  it('commits what it finished all the same', async () => {
    const { calling, call } = called()
    const { consumer, fetched, committed } = createWorld(async (_batch, stopping) => {
      call()
      await untilAborted(stopping)
    })
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    await consumer.stop()
    expect(committed).toEqual([2])
  })

  it('tries once more what it could not store, without waiting', async () => {
    const { calling, call } = called()
    let tries = 0
    const { consumer, fetched, committed } = createWorld(
      async () => {
        tries++
        if (tries === 1) throw passing
      },
      { onWarning: call },
    )
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    await consumer.stop()
    expect([tries, committed]).toEqual([2, [2]])
  })

  it('does not outwait an outage: what it holds stays uncommitted, and the process hears of it', async () => {
    const { calling, call } = called()
    const { consumer, fetched, committed } = createWorld(async () => {
      call()
      throw passing
    })
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    await consumer.stop()
    expect(committed).toEqual([])
    await expect(consumer.failed).rejects.toBe(passing)
  })
})

describe('a pause', () => {
  it('is told with its length when the batch that waited for ClickHouse is stored', async () => {
    const pauses: string[] = []
    const { calling, call } = called()
    let tries = 0
    const { consumer, fetched } = createWorld(
      async () => {
        tries++
        if (tries === 1) throw passing
      },
      {
        onPause: (cause, pausedMs) => {
          pauses.push(cause)
          expect(pausedMs).toBeGreaterThan(100)
          call()
        },
      },
    )
    await consumer.start()
    await fetched({ offsets: [0] })
    await calling
    await consumer.stop()
    expect(pauses).toEqual(['waited'])
  })

  it('is told when the buffer was full and has room again', async () => {
    const pauses: string[] = []
    const { calling, call } = called()
    const { calling: released, call: release } = called()
    const { consumer, fetched, committed } = createWorld(
      async () => {
        call()
        await released
      },
      { maxRows: 2, onPause: (cause) => void pauses.push(cause) },
    )
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    const more = fetched({ offsets: [2, 3, 4] }) // two find room while the first two are being stored
    expect(pauses).toEqual([])
    release()
    await more
    expect(pauses).toEqual(['full'])
    await until(() => committed.at(-1) === 5, { withinMs: 10_000, what: 'a commit of the last' })
    await consumer.stop()
  })
})

describe('offsets that hold nothing to read', () => {
  it('are committed with the messages before them, once these and they themselves are durable', async () => {
    const steps: string[] = []
    const { consumer, fetched, committed } = createWorld(
      async (batch) => void steps.push(`messages ${batch.map(({ offset }) => offset)}`),
      { keepEmpty: async (empty) => void steps.push(...empty.map(({ first, last }) => `empty ${first}-${last}`)) },
    )
    await consumer.start()
    await fetched({ first: 3, offsets: [5, 6, 8], last: 10 })
    await consumer.stop()
    expect(steps).toEqual(['empty 3-4', 'empty 7-7', 'empty 9-10', 'messages 5,6,8'])
    expect(committed).toEqual([11])
  })

  it('are committed also where there is nothing else', async () => {
    const { calling, call } = called()
    const kept: unknown[] = []
    const { consumer, fetched, committed } = createWorld(
      async () => {
        throw new Error('there is no message')
      },
      {
        keepEmpty: async (empty) => {
          kept.push(...empty)
          call()
        },
      },
    )
    await consumer.start()
    await fetched({ offsets: [], first: 7, last: 9 })
    await calling // before any stop: nobody else will say that this partition was read to its end
    await consumer.stop()
    expect(kept).toEqual([{ topic: 't', partition: 0, first: 7, last: 9 }])
    expect(committed).toEqual([10])
  })

  it('are not committed past a message that is not stored yet', async () => {
    const { calling, call } = called()
    const { consumer, fetched, committed } = createWorld(async (_batch, stopping) => {
      call()
      await untilAborted(stopping)
      stopping.throwIfAborted()
    })
    await consumer.start()
    await fetched({ offsets: [0] })
    await calling
    await fetched({ offsets: [], first: 1, last: 2 })
    await consumer.stop()
    expect(committed).toEqual([])
  })

  it('are tried again while they cannot be kept, and not committed before', async () => {
    const { calling, call } = called()
    let tries = 0
    const { consumer, fetched, committed } = createWorld(async () => {}, {
      keepEmpty: async () => {
        tries++
        if (tries === 1) throw passing
        expect(committed).toEqual([])
        call()
      },
    })
    await consumer.start()
    await fetched({ offsets: [], first: 1, last: 2 })
    await calling
    await consumer.stop()
    expect(committed).toEqual([3])
  })
})

it('ends when a batch is left unfinished though nobody asked: going on would commit what came after it', async () => {
  const { consumer, fetched, committed } = createWorld(async () => 'unfinished')
  await consumer.start()
  await fetched({ offsets: [0, 1] })
  await expect(consumer.failed).rejects.toThrow('unfinished')
  expect(committed).toEqual([])
  await consumer.stop()
})

describe('while a batch is being stored', () => {
  /** Batches by their offsets, as they are made ready, handled and committed; each is stored when the test says so. */
  function createPipeline({ maxRows = 2, maxWaitMs = 1, backlogWaitMs = 0 } = {}) {
    const steps: string[] = []
    const stored: (() => void)[] = []
    const waiting: { readonly step: string; readonly call: () => void }[] = []
    const did = (step: string) => {
      steps.push(step)
      for (const one of waiting) if (one.step === step) one.call()
    }
    const offsetsOf = (batch: readonly { readonly offset: number }[]) => batch.map(({ offset }) => offset).join()
    const world = createWorld(
      async (batch) => {
        did(`handle ${offsetsOf(batch)}`)
        await new Promise<void>((resolve) => stored.push(resolve))
      },
      { ahead: (batch) => did(`ready ${offsetsOf(batch)}`), maxRows, maxWaitMs, backlogWaitMs },
    )
    const until = (step: string) => {
      const { calling, call } = called()
      if (steps.includes(step)) call()
      else waiting.push({ step, call })
      return calling
    }
    return { ...world, steps, until, store: () => stored.shift()?.() }
  }

  it('the next full one is made ready, and handled and committed only after it', async () => {
    const { consumer, fetched, committed, steps, until, store } = createPipeline()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await until('handle 0,1')
    await fetched({ offsets: [2, 3] })
    await until('ready 2,3')
    expect({ steps, committed }).toEqual({ steps: ['ready 0,1', 'handle 0,1', 'ready 2,3'], committed: [] })
    store()
    await until('handle 2,3')
    expect(committed).toEqual([2])
    store()
    await consumer.stop()
    expect(committed).toEqual([2, 4])
  })

  it('what comes meanwhile and does not fill a batch grows until it can be stored, however long that is', async () => {
    const { consumer, fetched, committed, steps, until, store } = createPipeline({ maxRows: 10, maxWaitMs: 0 })
    await consumer.start()
    await fetched({ offsets: [0] })
    await until('handle 0')
    for (const offset of [1, 2, 3]) await fetched({ offsets: [offset] })
    store()
    await until('handle 1,2,3')
    expect({ steps: steps.slice(2), committed }).toEqual({ steps: ['ready 1,2,3', 'handle 1,2,3'], committed: [1] })
    store()
    await consumer.stop()
    expect(committed).toEqual([1, 4])
  })

  it('while more than a batch waits in Kafka, one is filled; what comes last goes as soon as ever', async () => {
    const { consumer, fetched, committed, until, store } = createPipeline({
      maxRows: 4,
      maxWaitMs: 0,
      backlogWaitMs: 60_000,
    })
    await consumer.start()
    await fetched({ offsets: [0], end: 1 })
    await until('handle 0')
    await fetched({ offsets: [1], end: 20 })
    store()
    await fetched({ offsets: [2, 3], end: 20 })
    await fetched({ offsets: [4], end: 20 })
    await until('handle 1,2,3,4')
    store()
    await fetched({ offsets: [5], end: 20 })
    await fetched({ offsets: [6], end: 7 })
    await until('handle 5,6')
    store()
    await consumer.stop()
    expect(committed).toEqual([1, 5, 7])
  })

  it('a batch that was gathered before the group formed anew is left to whoever fetches it again', async () => {
    const { consumer, fetched, committed, rejoined, steps, until, store } = createPipeline()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await until('handle 0,1')
    await fetched({ offsets: [2, 3] })
    await until('ready 2,3')
    rejoined([0])
    store()
    await fetched({ offsets: [2, 3, 4] })
    await until('handle 2,3')
    store()
    await until('handle 4')
    expect(steps.filter((step) => step.endsWith('2,3'))).toEqual(['ready 2,3', 'ready 2,3', 'handle 2,3'])
    store()
    await consumer.stop()
    expect(committed.at(-1)).toBe(5)
  })

  it('a stop ends with the batch behind it', async () => {
    const { consumer, fetched, committed, steps, until, store } = createPipeline()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await until('handle 0,1')
    await fetched({ offsets: [2, 3] })
    await until('ready 2,3')
    const stopped = consumer.stop()
    store()
    await until('handle 2,3')
    store()
    await stopped
    expect({ steps: steps.slice(3), committed }).toEqual({ steps: ['handle 2,3'], committed: [2, 4] })
  })

  it('a handler that leaves off at a stop leaves what is behind it too: its offsets would skip the rest', async () => {
    const { calling, call } = called()
    const { calling: gathered, call: tell } = called()
    const { consumer, fetched, committed } = createWorld(
      async (_batch, stopping) => {
        call()
        await untilAborted(stopping)
        return 'unfinished'
      },
      { ahead: ([first]) => (first?.offset === 2 ? tell() : undefined), maxRows: 2 },
    )
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    await fetched({ offsets: [2, 3] })
    await gathered
    await consumer.stop()
    expect(committed).toEqual([])
  })
})

describe('a group that forms anew while a batch is worked on', () => {
  /** A worker that holds its first batch until it is let go; later ones go through. */
  function createHeldWorld() {
    const { calling, call } = called()
    const { calling: goingOn, call: goOn } = called()
    const { calling: again, call: callAgain } = called()
    const handled: number[][] = []
    let warned = () => {}
    const warning = new Promise<void>((resolve) => {
      warned = resolve
    })
    const world = createWorld(
      async (batch) => {
        handled.push(batch.map(({ offset }) => offset))
        if (handled.length > 1) {
          callAgain()
          return
        }
        call()
        await goingOn
      },
      { onWarning: () => warned() },
    )
    return { ...world, handled, calling, goOn, again, warning }
  }

  it('does not set back what another member has committed meanwhile, though nothing comes after it', async () => {
    const { consumer, fetched, rejoined, committed, calling, goOn } = createHeldWorld()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    rejoined([]) // it goes to another, which commits 5
    rejoined([0]) // and comes back
    goOn()
    await consumer.stop()
    expect(committed).toEqual([])
  })

  it('goes on from where the other has brought it', async () => {
    const { consumer, fetched, rejoined, committed, calling, goOn } = createHeldWorld()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    rejoined([0])
    await fetched({ offsets: [5, 6] })
    goOn()
    await consumer.stop()
    expect(committed.filter((offset) => offset < 5)).toEqual([])
  })

  it('commits what it has stored all the same where nobody else has got further', async () => {
    const { consumer, fetched, rejoined, committed, calling, goOn } = createHeldWorld()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    rejoined([0])
    await fetched({ offsets: [0, 1] })
    goOn()
    await consumer.stop()
    expect(committed).toEqual([2])
  })

  it('forgets what it had fetched and not begun, since that is fetched again', async () => {
    const { consumer, fetched, rejoined, handled, committed, calling, goOn, again } = createHeldWorld()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    await fetched({ offsets: [2, 3] })
    rejoined([0])
    await fetched({ offsets: [0, 1, 2, 3] })
    goOn()
    await again
    await consumer.stop()
    expect(handled[1]).toEqual([0, 1, 2, 3])
    expect(committed.at(-1)).toBe(4)
  })

  it("does not repeat a refused commit for a partition that is another member's by then", async () => {
    const { consumer, fetched, rejoined, refuseCommit, committed, calling, goOn, warning } = createHeldWorld()
    await consumer.start()
    await fetched({ offsets: [0, 1] })
    await calling
    refuseCommit(new Error('the group is rebalancing'))
    goOn()
    await warning
    rejoined([])
    await consumer.stop()
    expect(committed).toEqual([])
  })
})

describe('a consumer that kafkajs gives up', () => {
  const gaveUp = (name: 'KafkaJSGroupCoordinatorNotFound' | 'KafkaJSSASLAuthenticationError'): Error =>
    Reflect.construct(kafkajs[name] as new () => Error, ['given up'])

  it('joins again where only the brokers were away', async () => {
    const { consumer, crashed, fetched, runs, committed } = createWorld(async () => {})
    await consumer.start()
    crashed(gaveUp('KafkaJSGroupCoordinatorNotFound'))
    await until(() => runs.length === 2, { withinMs: 10_000, what: 'a consumer that joins again' })
    await fetched({ offsets: [0, 1] })
    await consumer.stop()
    expect(committed).toEqual([2])
    await expect(Promise.race([consumer.failed, 'well'])).resolves.toBe('well')
  })

  it('ends with the reason where the login is refused', async () => {
    const { consumer, crashed, runs } = createWorld(async () => {})
    await consumer.start()
    crashed(gaveUp('KafkaJSSASLAuthenticationError'))
    await expect(consumer.failed).rejects.toThrow('given up')
    expect(runs).toHaveLength(1)
    await consumer.stop()
  })
})
