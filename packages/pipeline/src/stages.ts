import { eventTopics, topicName } from '@bina/events/topics'

/** The consumer groups of the pipeline, by their step. */
export const groups = {
  sink: (prefix: string) => `${prefix}bina-sink`,
  fold: (prefix: string) => `${prefix}bina-fold`,
  judge: (prefix: string) => `${prefix}bina-judge`,
  follow: (prefix: string) => `${prefix}bina-follow`,
  area: (prefix: string) => `${prefix}bina-area`,
  report: (prefix: string) => `${prefix}bina-report`,
  /** The sweep reads messages once more, each time in a group whose name begins so; these commit nothing. */
  originals: (prefix: string) => `${prefix}bina-sink-originals`,
  /** A replay reads in a group whose name begins so, and commits nothing: the sink's place stays. */
  replay: (prefix: string) => `${prefix}bina-replay`,
} as const

/** The way of an event through the consumer groups, in order: what one has committed, the next finds in its topics. */
export function pipelineStages(prefix: string) {
  return [
    { groupId: groups.sink(prefix), topics: eventTopics.map(({ name }) => topicName(prefix, name)), rounds: 1 },
    // A correction leads to its target, a directory entry to the days and complaints that it moves: two hops at most.
    { groupId: groups.fold(prefix), topics: [topicName(prefix, 'bina.touched.v1')], rounds: 3 },
    { groupId: groups.judge(prefix), topics: [topicName(prefix, 'bina.touched-unit.v1')], rounds: 1 },
    // A unit's judged weeks lead to what follows from them, and that to the areas above it, in the same topic.
    { groupId: groups.follow(prefix), topics: [topicName(prefix, 'bina.touched-unit.v1')], rounds: 1 },
    { groupId: groups.area(prefix), topics: [topicName(prefix, 'bina.touched-unit.v1')], rounds: 1 },
  ] as const
}
