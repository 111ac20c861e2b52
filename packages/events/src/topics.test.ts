import { expect, test } from 'vitest'
import { type EventType, eventTypes } from './event-data.ts'
import { readGoldenFixtures } from './golden-fixture.ts'
import type { EventContent } from './service-event.ts'
import {
  deadLetterTopic,
  directoryTopic,
  keyOf,
  topicName,
  topicNamed,
  topicOf,
  topics,
  touchedTopic,
  touchedUnitTopic,
  withdrawnType,
} from './topics.ts'

test('every type belongs on one topic, but the withdrawal, which may stand on any', () => {
  const listed = topics.flatMap((topic) => topic.types)
  expect(listed.toSorted()).toEqual(eventTypes.filter((type) => type !== withdrawnType).toSorted())
  for (const type of listed) expect(topics.find((topic) => topic.name === topicOf(type))?.types).toContain(type)
  expect(topicOf(withdrawnType as EventType)).toBeUndefined()
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
