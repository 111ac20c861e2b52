import kafkajs, { type ProducerBatch, type ProducerConfig } from 'kafkajs'
import { expect, it } from 'vitest'
import { createLatePublisher } from './late-publisher.ts'
import { createMessagePublisher } from './message-publisher.ts'

const gaveUp = (retriable: boolean) =>
  Reflect.construct(kafkajs.KafkaJSProtocolError as unknown as new () => Error, [
    {
      message: 'not the leader',
      type: retriable ? 'NOT_LEADER_FOR_PARTITION' : 'TOPIC_AUTHORIZATION_FAILED',
      retriable,
    },
  ])

/** A producer that fails as often as it is told, and keeps what it was asked to send. */
function failing(failures: readonly Error[]) {
  const left = [...failures]
  const tried: ProducerBatch[] = []
  let config: ProducerConfig | undefined
  const producer = {
    connect: async () => {},
    disconnect: async () => {},
    sendBatch: async (batch: ProducerBatch) => {
      tried.push(batch)
      const failure = left.shift()
      if (failure !== undefined) throw failure
      return []
    },
  }
  const kafka = {
    producer: (given?: ProducerConfig) => {
      config = given
      return producer
    },
  }
  return { kafka: kafka as unknown as Parameters<typeof createMessagePublisher>[0], tried, config: () => config }
}

const clockIns = ['kelurahan_1', 'kelurahan_2', 'kelurahan_3'].map((key) => ({ topic: 'attendance', key, value: '{}' }))

it('sends every clock-in once more when a leader moved, also those that another broker had acknowledged', async () => {
  const { kafka, tried, config } = failing([gaveUp(true)])
  await (await createMessagePublisher(kafka)).publish(clockIns)
  // kafkajs's own repeats leave out each broker that has answered, with whatever it leads since.
  expect(config()?.retry?.retries).toBe(0)
  expect(tried.map(({ topicMessages }) => topicMessages?.[0]?.messages.map(({ key }) => key))).toEqual([
    ['kelurahan_1', 'kelurahan_2', 'kelurahan_3'],
    ['kelurahan_1', 'kelurahan_2', 'kelurahan_3'],
  ])
})

it('tells at once what no repeat mends, such as a missing right', async () => {
  const { kafka, tried } = failing([gaveUp(false)])
  const publisher = await createMessagePublisher(kafka)
  await expect(publisher.publish(clockIns)).rejects.toThrow('not the leader')
  expect(tried).toHaveLength(1)
})

it('does not try again once it is to stop, so that a worker does not outwait a broker that is away', async () => {
  const { kafka, tried } = failing(Array.from({ length: 9 }, () => gaveUp(true)))
  const publisher = createLatePublisher(kafka)
  await publisher.start()
  const published = publisher.publish(clockIns)
  while (tried.length === 0) await new Promise(setImmediate)
  await publisher.patience.stop()
  await expect(published).rejects.toMatchObject({ name: 'AbortError' })
  expect(tried).toHaveLength(1)
})

it('still sends, once it is to stop, what a broker that is there takes', async () => {
  const { kafka, tried } = failing([])
  const publisher = createLatePublisher(kafka)
  await publisher.start()
  await publisher.patience.stop()
  await publisher.publish(clockIns)
  expect(tried).toHaveLength(1)
})

it.each([
  ['has the answer of a try that is under way when it is to stop', true],
  ['gives up a try that is under way when it is to stop, and is not answered', false],
])('%s', async (_, isAnswered) => {
  const stopping = new AbortController()
  let answer: () => void = () => {}
  const producer = {
    connect: async () => {},
    disconnect: async () => {},
    sendBatch: () =>
      new Promise<void>((resolve) => {
        answer = resolve
        stopping.abort()
      }),
  }
  const kafka = { producer: () => producer } as unknown as Parameters<typeof createMessagePublisher>[0]
  const patienceMs = isAnswered ? 60_000 : 5
  const publisher = await createMessagePublisher(kafka, { stopping: stopping.signal, patienceMs })
  const published = publisher.publish(clockIns)
  if (!isAnswered) return expect(published).rejects.toMatchObject({ name: 'AbortError' })
  await new Promise(setImmediate)
  answer()
  await published
})
