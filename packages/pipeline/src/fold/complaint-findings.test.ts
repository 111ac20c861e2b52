import { describe, expect, it } from 'vitest'
import type { KnownEvent } from './known-event.ts'
import { at } from './test-city.ts'
import { custodiesOf, fold, rowOf, shareOf } from './test-complaint.ts'
import { assigned, audited, invited, rated, received, reopened, resolved, responded } from './test-events.ts'

const receipt = received('2026-07-06 10:00')

/** In a city whose directory knows A and B from July on. */
const findings = (events: readonly KnownEvent[]): readonly string[] =>
  fold(events, {
    profileOf: (unit, date) => (unit !== 'Z' && date >= '2026-07-01' ? 'office_5d' : undefined),
  }).findings.map(({ kind, unitId, on }) => `${kind} ${unitId} ${on}`)

describe('what cannot be right in a complaint', () => {
  it('is nothing in a plain life', () => {
    expect(findings([receipt, assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')])).toEqual([])
  })

  it('a resolution before the receipt closes it as told, and is found', () => {
    const early = [receipt, assigned('2026-07-06 09:00', 'A'), resolved('2026-07-06 09:30')]
    expect(findings(early)).toEqual(['resolved_before_received A 2026-07-06'])
    expect(rowOf(early)).toMatchObject({ state: 'resolved', resolvedAtMs: at('2026-07-06 09:30') })
  })

  it('a response before the receipt answers it as told, and is found', () => {
    const early = [receipt, assigned('2026-07-06 09:00', 'A'), responded('2026-07-06 09:30')]
    expect(findings(early)).toEqual(['responded_before_received A 2026-07-06'])
    expect(rowOf(early)).toMatchObject({ respondedAtMs: at('2026-07-06 09:30') })
  })

  it('reopening what nobody had resolved changes nothing', () => {
    const open = [receipt, assigned('2026-07-06 10:30', 'A')]
    expect(findings([...open, reopened('2026-07-08 09:00')])).toEqual(['reopened_without_resolution A 2026-07-08'])
    expect(rowOf([...open, reopened('2026-07-08 09:00')])).toEqual(rowOf(open))
  })

  it('of two custodians at once the last in order has it, and the other nothing to answer for', () => {
    const both = [
      receipt,
      { ...assigned('2026-07-06 10:30', 'A'), id: '1' },
      { ...assigned('2026-07-06 10:30', 'B'), id: '2' },
    ]
    expect(findings(both)).toEqual(['two_custodians A 2026-07-06'])
    expect(findings(both.toReversed())).toEqual(findings(both))
    expect(rowOf(both).accountableUnitId).toBe('B')
    expect(custodiesOf('A', both)).toMatchObject([{ workingMinutes: 0, failed: false }])
    expect(shareOf('A', both)).toMatchObject({ responseDueMs: undefined, resolutionDueMs: undefined, facts: [] })
  })

  it('an audit or a rating of a complaint that does not exist counts nowhere until it does', () => {
    const strays = [audited('2026-07-08 09:00'), rated('2026-07-09 09:00', 'B', { conduct: 4 })]
    expect(findings(strays)).toEqual(['audit_without_complaint A 2026-07-08', 'rating_without_complaint B 2026-07-09'])
    expect(fold(strays).row).toBeUndefined()
    const before = [receipt, resolved('2026-07-07 09:00'), invited('2026-07-08 10:00', 'B')]
    expect(findings([...strays, ...before])).toEqual([])
  })

  it('a custody and a resolution of a complaint that nobody received count nowhere until it is', () => {
    const strays = [assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')]
    expect(findings(strays)).toEqual(['act_without_complaint A 2026-07-06', 'act_without_complaint A 2026-07-07'])
    expect(fold(strays).row).toBeUndefined()
    expect(findings([...strays, receipt])).toEqual([])
  })

  it('a unit whose hours the policy does not have is read by those of office_5d', () => {
    const plain = [receipt, assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')]
    const strange = { profileOf: () => 'moon_shift' }
    expect(fold(plain, strange).findings).toEqual([{ kind: 'unknown_profile', unitId: 'A', on: '2026-07-06' }])
    expect(custodiesOf('A', plain, strange)).toEqual(custodiesOf('A', plain, { profileOf: () => 'office_5d' }))
  })

  it('a response that an audit found empty counts as the channel told it, and is found', () => {
    const answered = [
      receipt,
      assigned('2026-07-06 10:30', 'A'),
      responded('2026-07-06 10:31'),
      resolved('2026-07-07 09:00'),
    ]
    const looked = [...answered, audited('2026-07-08 09:00', { responseValid: false })]
    expect(findings(looked)).toEqual(['response_found_empty A 2026-07-08'])
    expect(shareOf('A', looked)?.responseOnTime).toBe(true)
    expect(findings([...answered, audited('2026-07-08 09:00', { responseValid: true })])).toEqual([])
  })

  it('an answer to the survey that nobody was asked for counts, and is found; so is a second one to one invitation', () => {
    const settled = [receipt, assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')]
    const answer = rated('2026-07-09 09:00', 'A', { conduct: 4 })
    const again = rated('2026-07-10 09:00', 'A', { conduct: 4 })
    const asked = invited('2026-07-08 09:00', 'A')
    expect(findings([...settled, asked, answer])).toEqual([])
    expect(findings([...settled, invited('2026-07-08 09:00', 'B'), answer])).toEqual([
      'rating_without_invitation A 2026-07-09',
    ])
    expect(findings([...settled, asked, answer, again])).toEqual(['rating_without_invitation A 2026-07-10'])
    expect(shareOf('A', [...settled, asked, answer, again])?.ratings).toHaveLength(2)
  })

  it('an audit of what nobody had resolved is left out of S3', () => {
    const looked = [receipt, assigned('2026-07-06 10:30', 'A'), audited('2026-07-08 09:00')]
    expect(findings(looked)).toEqual(['audit_without_resolution A 2026-07-08'])
    expect(shareOf('A', looked)?.audits).toEqual([])
  })

  it('a unit that the directory does not know has its custody all the same, by the city’s hours', () => {
    const moved = [receipt, assigned('2026-07-06 10:30', 'Z'), resolved('2026-07-07 09:00', 'Z')]
    expect(findings(moved)).toEqual(['unknown_unit Z 2026-07-06'])
    expect(custodiesOf('Z', moved)).toEqual(
      custodiesOf('A', [receipt, assigned('2026-07-06 10:30', 'A'), resolved('2026-07-07 09:00')]).map((custody) => ({
        ...custody,
        unitId: 'Z',
      })),
    )
  })

  it('a unit is unknown on a day before the directory has it', () => {
    expect(findings([received('2026-06-30 10:00', { unitId: 'A' }), assigned('2026-07-06 10:30', 'A')])).toEqual([
      'unknown_unit A 2026-06-30',
    ])
  })
})
