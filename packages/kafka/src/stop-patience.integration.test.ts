import { freshNames } from '@bina/testkit/test-city'
import { until } from '@bina/testkit/until'
import { expect, inject, it } from 'vitest'
import { createKafkaAdmin } from './admin.ts'
import { createBatchConsumer } from './batch-consumer.ts'
import { connectKafka } from './connect.ts'
import { createMessagePublisher } from './message-publisher.ts'

/** Somebody waits for what somebody else does. */
function awaited() {
  let happen: () => void = () => {}
  const happens = new Promise<void>((resolve) => {
    happen = resolve
  })
  return { happens, happen }
}

it('a worker that is told to stop does not wait for a colleague that has fallen silent', async () => {
  const { topicPrefix } = freshNames()
  const topic = `${topicPrefix}crowded`
  const groupId = `${topicPrefix}crowd`
  const lines: string[] = []
  const line = (_: object, words: string) => void lines.push(words)
  const log = { error: line, warn: line, info: line, debug: () => {} }
  const ownKafka = () => connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
  const kafka = ownKafka()
  const admin = await createKafkaAdmin(kafka)
  await admin.createTopics([{ name: topic, partitions: 3, config: {} }])

  // Its message keeps it from every heartbeat, so that whoever joins waits for its minute to be over.
  const silent = ownKafka().consumer({ groupId, sessionTimeout: 60_000, rebalanceTimeout: 60_000 })
  const { happens: awake, happen: wakeUp } = awaited()
  const { happens: isSilent, happen: fallsSilent } = awaited()
  await silent.connect()
  await silent.subscribe({ topics: [topic], fromBeginning: true })
  await silent.run({
    eachMessage: async () => {
      fallsSilent()
      await awake
    },
  })
  const publisher = await createMessagePublisher(kafka)
  const createWorker = (handle: () => Promise<void>) =>
    createBatchConsumer(
      { groupId, topics: [topic], sessionTimeoutMs: 60_000, maxRows: 100, maxBytes: 1_000_000, maxWaitMs: 50 },
      { kafka: ownKafka(), log, isRetryable: () => false, handle },
    )
  const { happens: finished, happen: finish } = awaited()
  const { happens: isAtWork, happen: begins } = awaited()
  const worker = createWorker(() => {
    begins()
    return finished
  })
  await worker.start()
  await until(() => Object.values(worker.state().assigned ?? {}).flat().length > 0, {
    withinMs: 60_000,
    what: 'a share',
  })
  await publisher.publish(Array.from({ length: 30 }, (_, at) => ({ topic, key: `${at}`, value: `${at}` })))
  await Promise.all([isSilent, isAtWork])

  const newcomer = createWorker(async () => {})
  const earlier = lines.length
  const joining = newcomer.start()
  await until(() => lines.slice(earlier).includes('The group is rebalancing, re-joining'), {
    withinMs: 60_000,
    what: 'the group to form anew',
  })
  const toldAtMs = performance.now()
  const stopped = worker.stop()
  finish() // and its commit waits behind its joining
  await stopped
  expect(performance.now() - toldAtMs).toBeLessThan(10_000)
  expect(lines).toContain('the group is forming anew: going without having left it')

  wakeUp()
  await joining
  await newcomer.stop()
  await silent.disconnect()
  await publisher.close()
  await admin.close()
})
