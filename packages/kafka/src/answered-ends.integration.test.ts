import { freshNames } from '@bina/testkit/test-city'
import { expect, inject, it } from 'vitest'
import { createKafkaAdmin } from './admin.ts'
import { answeredEnds } from './answered-ends.ts'
import { connectKafka } from './connect.ts'
import { createMessagePublisher } from './message-publisher.ts'

const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }

it('what the leaders of a topic answer one by one is what they answer together', async () => {
  const topic = `${freshNames().topicPrefix}ends`
  const kafka = connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
  const topics = await createKafkaAdmin(kafka)
  await topics.createTopics([{ name: topic, partitions: 3, config: {} }])
  await topics.close()
  const publisher = await createMessagePublisher(kafka)
  await publisher.publish([0, 2, 2].map((partition) => ({ topic, partition, key: null, value: 'x' })))
  await publisher.close()
  const admin = kafka.admin()
  await admin.connect()
  await admin.fetchTopicOffsets(topic) // it deletes only in what it has heard of
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 2, offset: '1' }] })
  const together = (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => [partition, low, high])
  await admin.disconnect()
  const oneByOne = (await answeredEnds(kafka, topic, undefined)).map(({ partition, low, high }) => [
    partition,
    String(low),
    String(high),
  ])
  expect(together.toSorted()).toEqual([
    [0, '0', '1'],
    [1, '0', '0'],
    [2, '1', '2'],
  ])
  expect(oneByOne.toSorted()).toEqual(together.toSorted())
})
