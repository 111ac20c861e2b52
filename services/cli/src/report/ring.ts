import { topicName } from '@bina/events/topics'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { type Doorbell, encodeDoorbell } from '@bina/report-cron/doorbell'
import type { Servers } from '../servers.ts'

/** Asks report-cron, whichever process of it holds the runs now. */
export async function ring({ kafka, topicPrefix }: Servers, doorbell: Doorbell): Promise<void> {
  const publisher = await createMessagePublisher(kafka)
  try {
    const topic = topicName(topicPrefix, 'bina.report-due.v1')
    await publisher.publish([{ topic, key: doorbell.week, value: encodeDoorbell(doorbell) }])
  } finally {
    await publisher.close()
  }
}
