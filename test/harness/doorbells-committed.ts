import { groups } from '@bina/pipeline/stages'
import type { TestCity } from './city.ts'

/** Up to where the report's consumer group has answered its doorbell. */
export async function doorbellsCommitted({ kafka, topicPrefix }: TestCity): Promise<number> {
  const admin = kafka.admin()
  await admin.connect()
  const topics = [`${topicPrefix}bina.report-due.v1`]
  const [topic] = await admin.fetchOffsets({ groupId: groups.report(topicPrefix), topics })
  await admin.disconnect()
  return Math.max(0, Number(topic?.partitions[0]?.offset ?? -1))
}
