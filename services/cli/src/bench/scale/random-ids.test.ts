import type { ServiceEvent } from '@bina/events/service-event'
import { expect, it } from 'vitest'
import { withRandomId } from './random-ids.ts'

const clockIn = {
  type: 'bina.attendance.recorded.v1',
  id: 'a-1',
  source: 'urn:test',
  subject: 'u',
  time: '2026-07-06T00:20:00Z',
  occurredAtMs: Date.parse('2026-07-06T00:20:00Z'),
  data: { unitId: 'u', personKey: 'person-0001', workDate: '2026-07-06', kind: 'in', method: 'device' },
} as ServiceEvent

it('a correction and a withdrawal still name the clock record whose id was made random', () => {
  const { id } = withRandomId(clockIn)
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(withRandomId({ ...clockIn, id: 'a-2', supersedes: 'a-1' }).supersedes).toBe(id)
  const withdrawal = {
    ...clockIn,
    id: 'a-3',
    type: 'bina.event.withdrawn.v1',
    data: { withdrawnId: 'a-1', reason: 'mistake' },
  }
  expect(withRandomId(withdrawal as ServiceEvent).data).toEqual({ withdrawnId: id, reason: 'mistake' })
})
