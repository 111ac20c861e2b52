import { expect, test } from 'vitest'
import { type EventType, eventTypes } from './event-data.ts'
import { readGoldenFixtures } from './golden-fixture.ts'
import type { EventContent } from './service-event.ts'
import {
  attendanceTopic,
  deadLetterTopic,
  directoryTopic,
  eventTopicRanks,
  eventTopics,
  keyOf,
  laneOf,
  liveTopicOf,
  topicInLane,
  topicName,
  topicNamed,
  topicOf,
  topics,
  topicsOfLane,
  touchedTopic,
  touchedUnitTopic,
  withdrawnType,
} from './topics.ts'

test('every type belongs on one topic, but the withdrawal, which may stand on any', () => {
  const listed = eventTopics.flatMap((topic): readonly EventType[] => topic.types)
  expect(listed.toSorted()).toEqual(eventTypes.filter((type) => type !== withdrawnType).toSorted())
  for (const type of listed) expect(topics.find((topic) => topic.name === topicOf(type))?.types).toContain(type)
  expect(topicOf(withdrawnType as EventType)).toBeUndefined()
})

test('history has a topic beside each live one, for the same types under the same keys', () => {
  expect(topicInLane(attendanceTopic, 'backfill')).toBe('bina.backfill.attendance.v1')
  expect(topicInLane(attendanceTopic, 'live')).toBe(attendanceTopic)
  expect(topicsOfLane('backfill')).toHaveLength(eventTopics.length)
  for (const [at, topic] of topicsOfLane('backfill').entries()) {
    const { types, key } = eventTopics[at] ?? expect.unreachable()
    expect(topic).toMatchObject({ types, key })
    expect(liveTopicOf(topic.name)).toBe(eventTopics[at]?.name)
    expect(laneOf(topic.name)).toBe('backfill')
    expect(topics).toContain(topic)
  }
  for (const name of [attendanceTopic, deadLetterTopic, 'bina.backfill.touched.v1', 'elsewhere']) {
    expect(liveTopicOf(name)).toBe(name)
    expect(laneOf(name)).toBe('live')
  }
})

// Ranks are in every stored precedence: a topic that got another one would let a redelivered message stand as a second one.
test('the live topics keep the ranks that they always had, and those of history follow', () => {
  expect([...eventTopicRanks]).toEqual([
    ['bina.attendance.v1', 0],
    ['bina.coaching.v1', 1],
    ['bina.complaint.v1', 2],
    ['bina.directory.v1', 3],
    ['bina.resolution.v1', 4],
    ['bina.backfill.attendance.v1', 5],
    ['bina.backfill.coaching.v1', 6],
    ['bina.backfill.complaint.v1', 7],
    ['bina.backfill.directory.v1', 8],
    ['bina.backfill.resolution.v1', 9],
  ])
})

test('the key of each golden event is the one that its fixture travels with', () => {
  for (const fixture of readGoldenFixtures()) expect(keyOf(fixture.event as unknown as EventContent)).toBe(fixture.key)
})

test('the directory is kept for ever, and nothing is too large to be set aside', () => {
  const config = (name: string) => topics.find((topic) => topic.name === name)?.config ?? {}
  expect(config(directoryTopic)).toMatchObject({ 'cleanup.policy': 'delete', 'retention.ms': '-1' })
  expect(Number(config(deadLetterTopic)['max.message.bytes'])).toBeGreaterThanOrEqual(2 * 1024 * 1024)
})

test('what is touched is taken in portions of the publisher, whatever the cluster takes otherwise', () => {
  for (const name of [touchedTopic, touchedUnitTopic]) {
    expect(topics.find((topic) => topic.name === name)?.config).toMatchObject({ 'max.message.bytes': '1048576' })
  }
})

test('a prefix is put before a name on the broker and taken off again', () => {
  expect(topicName('t1.', directoryTopic)).toBe('t1.bina.directory.v1')
  expect(topicNamed('t1.', 't1.bina.directory.v1')).toBe(directoryTopic)
  expect(topicNamed('', 'bina.directory.v1')).toBe(directoryTopic)
  expect(topicNamed('t1.', 'bina.directory.v1')).toBeUndefined()
  expect(topicNamed('', 'another.topic')).toBeUndefined()
})
