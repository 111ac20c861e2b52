import type { SettledMessage } from '@bina/pipeline/ports/ingest-log'

/** A clock-in as the sink settles it, the one at this offset; whatever else a test is about, it says. */
export const settledPunch = (
  offset: number,
  said: Partial<SettledMessage & { outcome: 'event' }> = {},
): SettledMessage => ({
  topic: 'bina.attendance.v1',
  topicRank: 0,
  partition: 3,
  offset,
  recordAtMs: Date.parse('2026-06-09T00:30:00Z'),
  ingestedAtMs: Date.parse('2026-06-09T00:30:00Z'),
  outcome: 'event',
  source: 'urn:test:city',
  id: `in-${offset}`,
  type: 'bina.attendance.recorded.v1',
  subject: '16.71.05.1003',
  occurredAtMs: Date.parse('2026-06-09T00:25:00Z'),
  unitId: '16.71.05.1003',
  entity: 'day/person_1/2026-06-09',
  supersedes: '',
  withdraws: '',
  data: '{}',
  contentHash: 1n,
  ...said,
})
