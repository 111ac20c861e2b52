import { lanes, topicsOfLane } from '@bina/events/topics'
import { describe, expect, it } from 'vitest'
import { groups, liveStages, pipelineStages, sinkStage } from './stages.ts'

const prefix = 'palembang.'

describe('the way of an event', () => {
  it('begins on every topic that events come in on: a report that waits for all of it waits for history too', () => {
    const read = pipelineStages(prefix).flatMap(({ topics }): readonly string[] => topics)
    for (const lane of lanes)
      for (const { name } of topicsOfLane(lane)) expect(read, name).toContain(`${prefix}${name}`)
  })

  it('has a group for each lane, so that neither takes the place of the other', () => {
    expect(sinkStage(prefix, 'live').groupId).toBe('palembang.bina-sink')
    expect(sinkStage(prefix, 'backfill').groupId).toBe('palembang.bina-backfill')
    const live = sinkStage(prefix, 'live').topics
    expect(sinkStage(prefix, 'backfill').topics.filter((topic) => live.includes(topic))).toEqual([])
  })

  it('ends for a live event with the score of its unit, and history does not wait for itself', () => {
    expect(liveStages(prefix).map(({ groupId }) => groupId)).toEqual(
      [groups.sink, groups.fold, groups.judge].map((group) => group(prefix)),
    )
  })
})
