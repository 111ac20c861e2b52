import { attendanceRecorded } from '@bina/client/attendance-events'
import { type BinaClientDeps, createBinaClient } from '@bina/client/bina-client'
import { complaintReceived } from '@bina/client/complaint-events'
import { personKey } from '@bina/client/person-key'

export async function publishAMorning(secret: string, deps: BinaClientDeps = {}) {
  const client = createBinaClient({ source: 'urn:palembang:hr', brokers: ['localhost:9092'] }, deps)

  // One event: the promise resolves when every in-sync replica of Kafka has it.
  const receipt = await client.send(
    attendanceRecorded({
      time: '2026-05-04T07:28:10+07:00',
      unitId: '16.71.05.1003',
      personKey: personKey(secret, '19801231 200501 1 001'),
      workDate: '2026-05-04',
      kind: 'in',
      method: 'device',
    }),
  )

  // Several at once: all of them are checked before the first is sent.
  const receipts = await client.sendBatch([
    complaintReceived({
      id: 'lapor-8812345-received',
      time: new Date('2026-05-04T09:00:00+07:00'),
      complaintId: 'LAPOR-8812345',
      unitId: '16.71.05.1003',
      channel: 'sp4n_lapor',
      kind: 'complaint',
      category: 'convoluted',
      slaClass: 'normative',
    }),
  ])

  // Before the process ends: sends what is still waiting.
  await client.close()
  return [receipt, ...receipts]
}
