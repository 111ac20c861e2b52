import type { EventContent, EventType } from './service-event.ts'

/** Public topics that events arrive on. */
export const attendanceTopic = 'bina.attendance.v1'
export const complaintTopic = 'bina.complaint.v1'
export const resolutionTopic = 'bina.resolution.v1'
export const coachingTopic = 'bina.coaching.v1'
export const directoryTopic = 'bina.directory.v1'
/** Public: what could not be accepted, with its reason. */
export const deadLetterTopic = 'bina.dead-letter.v1'
/** Internal: entities, units and runs to be worked out again. */
export const touchedTopic = 'bina.touched.v1'
export const touchedUnitTopic = 'bina.touched-unit.v1'
export const reportDueTopic = 'bina.report-due.v1'

export const withdrawnType = 'bina.event.withdrawn.v1'

export interface Topic {
  readonly name: string
  readonly purpose: string
  /** Empty for topics that carry no events of the contract. */
  readonly types: readonly EventType[]
  /** What the Kafka key is, in words. */
  readonly key: string
  readonly partitions: number
  /** Topic configuration, as the broker names and writes it. */
  readonly config: Readonly<Record<string, string>>
}

const dayMs = 24 * 60 * 60 * 1000
const keptForDays = (days: number) => ({ 'cleanup.policy': 'delete', 'retention.ms': String(days * dayMs) })

// The store keeps every accepted event, so these need only outlive the longest outage and a replay's look back.
const eventConfig = keptForDays(30)

// A portion of the publisher is 700 kB at most; a cluster that is set to take less would stop the pipeline for ever.
const touchedConfig = { ...keptForDays(7), 'max.message.bytes': String(1024 * 1024) }

export const eventTopics = [
  {
    name: attendanceTopic,
    purpose: 'Clock records, statuses and spot checks of person-days',
    types: ['bina.attendance.recorded.v1', 'bina.attendance.status-set.v1', 'bina.attendance.spot-checked.v1'],
    key: 'unitId',
    partitions: 6,
    config: eventConfig,
  },
  {
    name: complaintTopic,
    purpose: 'Complaints: receipt, verification, custody, exclusion, waiting',
    types: [
      'bina.complaint.received.v1',
      'bina.complaint.verified.v1',
      'bina.complaint.assigned.v1',
      'bina.complaint.excluded.v1',
      'bina.complaint.waiting.v1',
      'bina.complaint.resumed.v1',
    ],
    key: 'complaintId',
    partitions: 6,
    config: eventConfig,
  },
  {
    name: resolutionTopic,
    purpose: 'What became of complaints: responses, resolutions, reopenings, audits, ratings',
    types: [
      'bina.resolution.responded.v1',
      'bina.resolution.resolved.v1',
      'bina.resolution.reopened.v1',
      'bina.resolution.audited.v1',
      'bina.resolution.rating-invited.v1',
      'bina.resolution.rated.v1',
    ],
    key: 'complaintId',
    partitions: 6,
    config: eventConfig,
  },
  {
    name: coachingTopic,
    purpose: 'Coaching sessions, agreed actions, findings, objections, facility inspections',
    types: [
      'bina.coaching.planned.v1',
      'bina.coaching.held.v1',
      'bina.coaching.action-agreed.v1',
      'bina.coaching.action-done.v1',
      'bina.coaching.finding-raised.v1',
      'bina.coaching.finding-closed.v1',
      'bina.coaching.objected.v1',
      'bina.coaching.objection-decided.v1',
      'bina.coaching.facility-inspected.v1',
    ],
    key: 'unitId',
    partitions: 6,
    config: eventConfig,
  },
  {
    name: directoryTopic,
    purpose: 'Units and rosters, dated',
    types: ['bina.directory.unit.v1', 'bina.directory.staff.v1'],
    key: 'unit:<unitId> or staff:<personKey>',
    // Small and slow: a whole nation's rosters are four million events, once.
    partitions: 3,
    // Kept for ever and not compacted, since a unit's earlier versions still hold for earlier days.
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' },
  },
] as const satisfies readonly Topic[]

export type EventTopic = (typeof eventTopics)[number]['name']

/** Ways in that do not wait for each other: what happens now, and what happened long ago and is told late, by the million. */
export const lanes = ['live', 'backfill'] as const
export type Lane = (typeof lanes)[number]

type InBackfill<T extends string> = T extends `bina.${infer Rest}` ? `bina.backfill.${Rest}` : never
export type BackfillTopic = InBackfill<EventTopic>

const inBackfill = (name: EventTopic) => name.replace(/^bina\./, 'bina.backfill.') as BackfillTopic

/** Each event topic once more, for history: the same types, keys and rules. Nobody waits for it, so that few workers do. */
export const backfillTopics = eventTopics.map(({ name, purpose, ...topic }) => ({
  ...topic,
  name: inBackfill(name),
  purpose: `History that is told late, in a lane of its own: ${purpose.charAt(0).toLowerCase()}${purpose.slice(1)}`,
  partitions: 3,
})) satisfies readonly Topic[]

/** The topics on which a lane's events arrive. */
export const topicsOfLane = (lane: Lane): readonly (Topic & { readonly name: EventTopic | BackfillTopic })[] =>
  lane === 'live' ? eventTopics : backfillTopics

const liveTopics: ReadonlyMap<string, EventTopic> = new Map(eventTopics.map(({ name }) => [inBackfill(name), name]))

/** The topic on which the same events arrive live; any other name as it is. */
export const liveTopicOf = (name: string): string => liveTopics.get(name) ?? name

export const laneOf = (name: string): Lane => (liveTopics.has(name) ? 'backfill' : 'live')

export const topicInLane = (topic: EventTopic, lane: Lane): EventTopic | BackfillTopic =>
  lane === 'live' ? topic : inBackfill(topic)

/** The event topics in a fixed order, the live ones first: it breaks ties between equal record timestamps. */
export const eventTopicRanks: ReadonlyMap<string, number> = new Map(
  lanes
    .flatMap((lane) =>
      topicsOfLane(lane)
        .map(({ name }): string => name)
        .sort(),
    )
    .map((name, rank) => [name, rank]),
)

export const otherTopics = [
  {
    name: deadLetterTopic,
    purpose: 'Messages that could not be accepted: the original key, bytes and headers, and why',
    types: [],
    key: 'the original key',
    partitions: 3,
    // As long as the store keeps their raw bytes. Twice what the event topics take by the broker's default, with room for the
    // headers that say why: nothing is too large to be set aside.
    config: { ...keptForDays(30), 'max.message.bytes': String(4 * 1024 * 1024) },
  },
  {
    name: touchedTopic,
    purpose: 'Internal: entities whose rows are to be worked out again',
    types: [],
    key: 'the entity',
    partitions: 6,
    config: touchedConfig,
  },
  {
    name: touchedUnitTopic,
    purpose: 'Internal: units whose weeks are to be counted and judged again',
    types: [],
    key: 'unitId',
    partitions: 6,
    config: touchedConfig,
  },
  {
    name: reportDueTopic,
    purpose: 'Internal: report runs that are due; one partition, so that one member of the group owns a run',
    types: [],
    key: 'the run',
    partitions: 1,
    config: keptForDays(30),
  },
] as const satisfies readonly Topic[]

/** Every topic that Bina creates. */
export const topics: readonly Topic[] = [...eventTopics, ...backfillTopics, ...otherTopics]

export type TopicName = EventTopic | BackfillTopic | (typeof otherTopics)[number]['name']

const topicOfType: ReadonlyMap<string, EventTopic> = new Map(
  eventTopics.flatMap((topic) => topic.types.map((type): [string, EventTopic] => [type, topic.name])),
)

/** The topic that a type belongs on; undefined for withdrawals, which may stand on any. */
export function topicOf(type: Exclude<EventType, typeof withdrawnType>): EventTopic
export function topicOf(type: EventType): EventTopic | undefined
export function topicOf(type: EventType): EventTopic | undefined {
  return topicOfType.get(type)
}

/** The Kafka key that a message must have. A withdrawal may have any; its subject brings it to its entity's partition. */
export function keyOf(event: EventContent): string {
  switch (event.type) {
    case withdrawnType:
      return event.subject
    case 'bina.directory.unit.v1':
      return `unit:${event.data.unitId}`
    case 'bina.directory.staff.v1':
      return `staff:${event.data.personKey}`
    default:
      return 'complaintId' in event.data ? event.data.complaintId : event.data.unitId
  }
}

/** What a topic is called on the broker: test runs and shared clusters put a prefix before the contract's name. */
export function topicName(prefix: string, topic: TopicName): string {
  return prefix + topic
}

/** The contract's name of a topic on the broker; undefined when it is none of Bina's under this prefix. */
export function topicNamed(prefix: string, name: string): TopicName | undefined {
  return topics.find((topic) => name === prefix + topic.name)?.name as TopicName | undefined
}
