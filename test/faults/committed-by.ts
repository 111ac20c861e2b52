import type { ProcessCity } from '../harness/process-city.ts'

/** Up to where a group has committed each partition of these topics (names as the broker has them); 0 where it has nothing. */
export async function committedBy(
  { kafka }: Pick<ProcessCity, 'kafka'>,
  stage: { readonly groupId: string; readonly topics: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const admin = kafka.admin()
  await admin.connect()
  const topics = await admin.fetchOffsets({ groupId: stage.groupId, topics: [...stage.topics] })
  await admin.disconnect()
  return new Map(
    topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Math.max(0, Number(offset))] as const),
    ),
  )
}

export const sumOf = (offsets: ReadonlyMap<string, number>): number =>
  [...offsets.values()].reduce((sum, offset) => sum + offset, 0)
