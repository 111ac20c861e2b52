import type { Complaint, ComplaintFold, Custody, UnitShare } from './complaint.ts'
import { type ComplaintInput, foldComplaint } from './fold-complaint.ts'
import type { KnownEvent } from './known-event.ts'
import { at, calendar, cityProfile, deadlines, zone } from './test-city.ts'
import { COMPLAINT } from './test-events.ts'

// Tests only. Unless told otherwise it is December: every due has come and every thirty days have passed.

export function fold(events: readonly KnownEvent[], other: Partial<ComplaintInput> = {}): ComplaintFold {
  return foldComplaint({
    complaintId: COMPLAINT,
    events,
    everNamed: [],
    profileOf: () => undefined,
    cityProfile,
    calendar,
    deadlinesOn: () => deadlines,
    zone,
    nowMs: at('2026-12-01'),
    ...other,
  })
}

export function rowOf(events: readonly KnownEvent[], other: Partial<ComplaintInput> = {}): Complaint {
  const { row } = fold(events, other)
  if (row === undefined) throw new Error('no row')
  return row
}

/** The unit's custodies, the first first. */
export function custodiesOf(
  unitId: string,
  events: readonly KnownEvent[],
  other: Partial<ComplaintInput> = {},
): readonly Custody[] {
  return rowOf(events, other).custodies.filter((custody) => custody.unitId === unitId)
}

/** The unit's only custody. */
export function custodyOf(unitId: string, events: readonly KnownEvent[], other: Partial<ComplaintInput> = {}): Custody {
  const [custody, ...more] = custodiesOf(unitId, events, other)
  if (custody === undefined || more.length > 0) throw new Error(`${more.length + 1} custodies, or none`)
  return custody
}

export function shareOf(
  unitId: string,
  events: readonly KnownEvent[],
  other: Partial<ComplaintInput> = {},
): UnitShare | undefined {
  return rowOf(events, other).shares.find((share) => share.unitId === unitId)
}
