import { describe, expect, it } from 'vitest'
import type { KnownEvent } from './known-event.ts'
import { at } from './test-city.ts'
import { custodiesOf, fold, rowOf, shareOf } from './test-complaint.ts'
import { assigned, audited, rated, received, resolved } from './test-events.ts'

const receipt = received('2026-07-06 10:00')

/** In a city whose directory knows A and B from July on. */
const findings = (events: readonly KnownEvent[]): readonly string[] =>
  fold(events, {
    profileOf: (unit, date) => (unit !== 'Z' && date >= '2026-07-01' ? 'office_5d' : undefined),
  }).findings.map(
    ({ kind, unitId, atMs }) => `${kind} ${unitId} ${new Date(atMs + 7 * 3_600_000).toISOString().slice(5, 16)}`,
  )

describe('what cannot be right in a complaint', () => {
  it('is nothing in a plain life', () => {
    expect(findings([receipt, assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')])).toEqual([])
  })

  it('a resolution before the receipt closes it as told, and is found', () => {
    const early = [receipt, assigned('2026-07-06 09:00', 'A'), resolved('2026-07-06 09:30')]
    expect(findings(early)).toEqual(['resolved_before_received A 07-06T09:30'])
    expect(rowOf(early)).toMatchObject({ state: 'resolved', resolvedAtMs: at('2026-07-06 09:30') })
  })

  it('of two custodians at once the last in order has it, and the other nothing to answer for', () => {
    const both = [
      receipt,
      { ...assigned('2026-07-06 10:30', 'A'), id: '1' },
      { ...assigned('2026-07-06 10:30', 'B'), id: '2' },
    ]
    expect(findings(both)).toEqual(['two_custodians A 07-06T10:30'])
    expect(findings(both.toReversed())).toEqual(findings(both))
    expect(rowOf(both).accountableUnitId).toBe('B')
    expect(custodiesOf('A', both)).toMatchObject([{ workingMinutes: 0, failed: false }])
    expect(shareOf('A', both)).toMatchObject({ responseDueMs: undefined, resolutionDueMs: undefined, facts: [] })
  })

  it('an audit or a rating of a complaint that does not exist counts nowhere until it does', () => {
    const strays = [audited('2026-07-08 09:00'), rated('2026-07-09 09:00', 'B', { conduct: 4 })]
    expect(findings(strays)).toEqual([
      'audit_without_complaint A 07-08T09:00',
      'rating_without_complaint B 07-09T09:00',
    ])
    expect(fold(strays).row).toBeUndefined()
    expect(findings([...strays, receipt, resolved('2026-07-07 09:00')])).toEqual([])
  })

  it('an audit of what nobody had resolved is left out of S3', () => {
    const looked = [receipt, assigned('2026-07-06 10:30', 'A'), audited('2026-07-08 09:00')]
    expect(findings(looked)).toEqual(['audit_without_resolution A 07-08T09:00'])
    expect(shareOf('A', looked)?.audits).toEqual([])
  })

  it('a unit that the directory does not know has its custody all the same, by the city’s hours', () => {
    const moved = [receipt, assigned('2026-07-06 10:30', 'Z'), resolved('2026-07-07 09:00', 'Z')]
    expect(findings(moved)).toEqual(['complaint_at_unknown_unit Z 07-06T10:30'])
    expect(custodiesOf('Z', moved)).toEqual(
      custodiesOf('A', [receipt, assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')]).map((custody) => ({
        ...custody,
        unitId: 'Z',
      })),
    )
  })

  it('a unit is unknown on a day before the directory has it', () => {
    expect(findings([received('2026-06-30 10:00', { unitId: 'A' }), assigned('2026-07-06 10:30', 'A')])).toEqual([
      'complaint_at_unknown_unit A 06-30T10:00',
    ])
  })
})
