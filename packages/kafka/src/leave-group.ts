import { setTimeout as wait } from 'node:timers/promises'
import type { Consumer } from 'kafkajs'
import type { KafkaLog } from './kafka-log.ts'

const patienceMs = 3_000

/** Leaves the group, so that the others need not wait for the session to be over. Only a courtesy, since what is durable is committed by
 *  now: while the group forms anew kafkajs goes when all members have answered, and for one that died that lasts as long as its session,
 *  which may be longer than a stop has. */
export async function leaveGroup(
  consumer: Pick<Consumer, 'disconnect'>,
  { groupId, log }: { readonly groupId: string; readonly log: KafkaLog },
): Promise<void> {
  const patience = new AbortController()
  const late = wait(patienceMs, 'late' as const, { signal: patience.signal })
  late.catch(() => undefined) // called off below
  const left = consumer.disconnect()
  const end = await Promise.race([left, late]).finally(() => patience.abort())
  if (end !== 'late') return
  log.warn({ groupId, waitedMs: patienceMs }, 'the group is forming anew: going without having left it')
  left.catch((error: unknown) => log.warn({ err: error, groupId }, 'did not leave the group'))
}
