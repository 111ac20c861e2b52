import { createKafkaAdmin } from '@bina/kafka/admin'
import { pipelineStages } from '@bina/pipeline/stages'
import type { Servers } from './servers.ts'

/** Messages that each step has still to do. */
export interface Behind {
  readonly sink: number
  /** Of history, in its own lane. */
  readonly backfill: number
  readonly fold: number
  readonly judge: number
}

export async function behindOf({ kafka, topicPrefix }: Servers): Promise<Behind> {
  const admin = await createKafkaAdmin(kafka)
  try {
    const lags = await Promise.all(
      pipelineStages(topicPrefix).map(async ({ groupId, topics }) => {
        const partitions = await admin.lagOf(groupId, topics)
        return partitions.reduce((sum, { lag }) => sum + lag, 0)
      }),
    )
    const [sink = 0, backfill = 0, fold = 0, judge = 0] = lags
    return { sink, backfill, fold, judge }
  } finally {
    await admin.close()
  }
}
