import { type Lane, topicName, topicsOfLane } from '@bina/events/topics'

/** The consumer groups of the pipeline, by their step. */
export const groups = {
  sink: (prefix: string) => `${prefix}bina-sink`,
  /** The sink of the lane for history. */
  backfill: (prefix: string) => `${prefix}bina-backfill`,
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

/** Where the sink of a lane reads. */
export const sinkStage = (prefix: string, lane: Lane) => ({
  groupId: lane === 'live' ? groups.sink(prefix) : groups.backfill(prefix),
  topics: topicsOfLane(lane).map(({ name }) => topicName(prefix, name)),
  rounds: 1,
})

/** The way of an event through the consumer groups, in order: what one has committed, the next finds in its topics. */
export function pipelineStages(prefix: string) {
  return [
    { step: 'sink', ...sinkStage(prefix, 'live') },
    // Beside the first one: who waits for all that is in Kafka waits for history too.
    { step: 'backfill', ...sinkStage(prefix, 'backfill') },
    // A correction leads to its target, a directory entry to the days and complaints that it moves: two hops at most.
    { step: 'fold', groupId: groups.fold(prefix), topics: [topicName(prefix, 'bina.touched.v1')], rounds: 3 },
    { step: 'judge', groupId: groups.judge(prefix), topics: [topicName(prefix, 'bina.touched-unit.v1')], rounds: 1 },
    // A unit's judged weeks lead to what follows from them, and that to the areas above it, in the same topic.
    { step: 'follow', groupId: groups.follow(prefix), topics: [topicName(prefix, 'bina.touched-unit.v1')], rounds: 1 },
    { step: 'area', groupId: groups.area(prefix), topics: [topicName(prefix, 'bina.touched-unit.v1')], rounds: 1 },
  ] as const
}

/** What an event of the live lane goes through until its unit's score shows it: history lets it go first. */
export const liveStages = (prefix: string) =>
  pipelineStages(prefix)
    .filter(({ step }) => step === 'sink' || step === 'fold' || step === 'judge')
    // One round each: what a correction leads to in its own stage is new work, and goes before the next portion of history.
    .map(({ groupId, topics }) => ({ groupId, topics, rounds: 1 }))
