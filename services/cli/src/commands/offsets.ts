import { reportDueTopic, topicName } from '@bina/events/topics'
import { createKafkaAdmin, type KafkaAdmin } from '@bina/kafka/admin'
import { tellGap } from '@bina/kafka/offset-gap'
import { groups, pipelineStages } from '@bina/pipeline/stages'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { type Servers, withServers } from '../servers.ts'

/** Every group that commits, with its topics. */
const groupsOf = (prefix: string): readonly { readonly groupId: string; readonly topics: readonly string[] }[] => [
  ...pipelineStages(prefix),
  { groupId: groups.report(prefix), topics: [topicName(prefix, reportDueTopic)] },
]

const withAdmin = async <T>(context: CommandContext, work: (admin: KafkaAdmin, servers: Servers) => Promise<T>) =>
  withServers(context.env, async (servers) => {
    const admin = await createKafkaAdmin(servers.kafka)
    try {
      return await work(admin, servers)
    } finally {
      await admin.close()
    }
  })

/** Where a group cannot read on: its next message is gone, or its offset was forgotten. */
export async function offsetGaps(context: CommandContext): Promise<void> {
  await withAdmin(context, async (admin, { topicPrefix }) => {
    const found = []
    for (const { groupId, topics } of groupsOf(topicPrefix))
      for (const gap of await admin.gapsOf(groupId, topics)) found.push({ groupId, ...gap })
    if (found.length === 0) context.say('Every group can read on where it left off.')
    for (const gap of found) {
      context.say(`${gap.groupId}: ${tellGap(gap)}.`)
      context.say(`  Accept it: npx bina offsets accept-gap ${gap.groupId} ${gap.topic} ${gap.partition}`)
    }
    context.answer({ gaps: found })
  })
}

/** Has a group go on at the first message that is still there. Never at the end, and nowhere where nothing is gone. */
export async function acceptGap(
  context: CommandContext,
  { groupId, topic, partition }: { readonly groupId: string; readonly topic: string; readonly partition: number },
): Promise<void> {
  await withAdmin(context, async (admin, { topicPrefix }) => {
    const group = groupsOf(topicPrefix).find((one) => one.groupId === groupId)
    if (group === undefined || !group.topics.includes(topic)) {
      throw new CommandError(`No group ${groupId} reads ${topic}.`, 2, {
        hint: 'The gaps that there are: npx bina offsets gaps',
      })
    }
    const gap = (await admin.gapsOf(groupId, [topic])).find((one) => one.partition === partition)
    if (gap === undefined) {
      throw new CommandError(`${groupId} can read on where it left off on ${topic}, partition ${partition}.`, 1, {
        code: 'no_gap',
        hint: 'Nothing was changed. The gaps that there are: npx bina offsets gaps',
      })
    }
    const state = await admin.stateOf(groupId)
    if (state !== 'Empty' && state !== 'Dead') {
      throw new CommandError(`${groupId} has workers that run (the group is ${state}), so nothing was changed.`, 1, {
        code: 'group_in_use',
        hint: 'Stop the workers of this group first; those that were killed count for as long as their session timeout, half a minute mostly.',
      })
    }
    await admin.moveTo(groupId, { topic, partition, offset: gap.low })
    context.say(`${tellGap(gap)}.`)
    context.say(`${groupId} goes on at offset ${gap.low}. Start its workers again.`)
    context.say(whatIsMissing(groupId, topicPrefix))
    context.answer({ groupId, ...gap, goesOnAt: gap.low })
  })
}

function whatIsMissing(groupId: string, topicPrefix: string): string {
  switch (groupId) {
    case groups.sink(topicPrefix):
    case groups.backfill(topicPrefix):
      return 'What the log no longer has is counted as missing: SELECT * FROM ingest_balance WHERE missing > 0'
    case groups.report(topicPrefix):
      return 'Weeks without a finished run are rung for again within ten minutes.'
    default:
      return 'What was to be worked out for it may lack in the figures: work them out anew with npx bina score rebuild'
  }
}
