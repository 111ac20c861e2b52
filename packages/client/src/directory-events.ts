import { eventConstructor } from './event-draft.ts'

// Units and rosters, dated. Topic bina.directory.v1, kept for ever.

/** A unit as it is from `validFrom` on. */
export const directoryUnit = eventConstructor('bina.directory.unit.v1', (data) => data.unitId)

/** A person (opaque key) belongs to a unit from `validFrom` on. */
export const directoryStaff = eventConstructor('bina.directory.staff.v1', (data) => data.unitId)
