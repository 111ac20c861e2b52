import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { type ReceivedMessage, toReceived } from './received-message.ts'

export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface ReadAtOptions {
  /** Of this read alone: nothing is committed, so the broker forgets the group when it is empty. */
  readonly groupId: string
  readonly timeoutMs: number
}

/** Gaps up to this many messages are read through, longer ones are leapt over. */
const leapOver = 500

const nameOf = ({ topic, partition }: Omit<Place, 'offset'>) => `${topic}/${partition}`

/** The messages at these places, in the order asked; undefined where the broker no longer has one. Throws when it takes too long. */
export async function readMessagesAt(
  kafka: Kafka,
  places: readonly Place[],
  options: ReadAtOptions,
): Promise<readonly (ReceivedMessage | undefined)[]> {
  const wanted = await stillThere(kafka, places)
  const found = new Map<string, ReceivedMessage>()
  if (wanted.size > 0) await readAll(kafka, wanted, found, options)
  return places.map((place) => found.get(`${nameOf(place)}/${place.offset}`))
}

/** For each partition the offsets, ascending, that lie within what the broker has. */
async function stillThere(kafka: Kafka, places: readonly Place[]): Promise<Map<string, number[]>> {
  const wanted = new Map<string, number[]>()
  const admin = kafka.admin()
  await admin.connect()
  try {
    for (const topic of new Set(places.map((place) => place.topic))) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        const offsets = places
          .filter((place) => place.topic === topic && place.partition === partition)
          .map(({ offset }) => offset)
          .filter((offset) => offset >= Number(low) && offset < Number(high))
        if (offsets.length > 0)
          wanted.set(
            nameOf({ topic, partition }),
            [...new Set(offsets)].sort((a, b) => a - b),
          )
      }
    }
  } finally {
    await admin.disconnect()
  }
  return wanted
}

async function readAll(
  kafka: Kafka,
  wanted: Map<string, number[]>,
  found: Map<string, ReceivedMessage>,
  { groupId, timeoutMs }: ReadAtOptions,
): Promise<void> {
  const topics = [...new Set([...wanted.keys()].map((name) => name.slice(0, name.lastIndexOf('/'))))]
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 })
  let timer: NodeJS.Timeout | undefined
  try {
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`Kafka did not give ${wanted.size} partitions again within ${timeoutMs} ms`)),
        timeoutMs,
      )
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      const eachBatch = async ({ batch }: EachBatchPayload) => {
        take(consumer, batch, wanted, found)
        if (wanted.size === 0) resolve()
      }
      consumer.run({ autoCommit: false, eachBatch }).catch(reject)
      for (const [name, [offset]] of wanted) {
        const at = name.lastIndexOf('/')
        consumer.seek({ topic: name.slice(0, at), partition: Number(name.slice(at + 1)), offset: String(offset) })
      }
    })
  } finally {
    clearTimeout(timer)
    await consumer.disconnect()
  }
}

/** Keeps what is wanted of a batch, and sends the consumer on to what is wanted next. */
function take(
  consumer: Consumer,
  batch: EachBatchPayload['batch'],
  wanted: Map<string, number[]>,
  found: Map<string, ReceivedMessage>,
): void {
  const { topic, partition } = batch
  const offsets = wanted.get(nameOf(batch)) ?? []
  const inBatch = new Set(offsets)
  for (const message of batch.messages) {
    if (!inBatch.has(Number(message.offset))) continue
    found.set(`${nameOf(batch)}/${message.offset}`, toReceived(topic, partition, message))
  }
  const last = Number(batch.lastOffset())
  const ahead = offsets.filter((offset) => offset > last)
  const [next] = ahead
  if (next === undefined) {
    wanted.delete(nameOf(batch))
    consumer.pause([{ topic, partitions: [partition] }])
  } else {
    wanted.set(nameOf(batch), ahead)
    if (next - last > leapOver) consumer.seek({ topic, partition, offset: String(next) })
  }
}
