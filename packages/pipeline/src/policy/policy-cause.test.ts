import { describe, expect, it } from 'vitest'
import { policyCause } from './policy-cause.ts'

const change = (scope: 'days' | 'receipts' | 'scores', from: string, to?: string, toVersion = 'v2') => ({
  scope,
  from,
  to,
  fromVersion: 'v1',
  toVersion,
})
const cause = (week: string, changes: readonly ReturnType<typeof change>[], oldVersion = 'v1', newVersion = 'v2') =>
  policyCause({ week, oldVersion, newVersion }, changes, ['v1', 'v2', 'v3'])

describe('the cause of a score that moved', () => {
  it('is the policy where a change of it reaches the week', () => {
    expect(cause('2026-07-06', [change('scores', '2026-07-01')])).toBe('policy v1 -> v2')
    expect(cause('2026-06-29', [change('scores', '2026-07-01')])).toBeUndefined()
    expect(cause('2026-06-29', [change('days', '2026-07-01')])).toBe('policy v1 -> v2')
  })

  it('is a person-day of four weeks ago, and an open complaint of any time', () => {
    const day = [change('days', '2026-07-01', '2026-07-01')]
    expect(cause('2026-07-20', day)).toBe('policy v1 -> v2')
    expect(cause('2026-07-27', day)).toBeUndefined()
    expect(cause('2026-12-28', [change('receipts', '2026-07-01', '2026-07-01')])).toBe('policy v1 -> v2')
  })

  it('is none where the version is the same, or the change lies between other versions', () => {
    const changes = [change('scores', '2026-01-01', undefined, 'v2')]
    expect(cause('2026-07-06', changes, 'v2', 'v2')).toBeUndefined()
    expect(cause('2026-07-06', changes, 'v2', 'v3')).toBeUndefined()
    expect(cause('2026-07-06', changes, 'v1', 'v3')).toBe('policy v1 -> v3')
  })
})
