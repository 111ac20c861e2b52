import { eventConstructor } from './event-draft.ts'

// Who was where and when, by opaque keys (person-key.ts). Topic bina.attendance.v1.

/** Somebody clocked in or out; `time` is the clock time. */
export const attendanceRecorded = eventConstructor('bina.attendance.recorded.v1', (data) => data.unitId)

/** A person-day got a status: leave, duty, a working day elsewhere. The latest `time` wins. */
export const attendanceStatusSet = eventConstructor('bina.attendance.status-set.v1', (data) => data.unitId)

/** A spot check by video or visit, and whether it met the person. */
export const attendanceSpotChecked = eventConstructor('bina.attendance.spot-checked.v1', (data) => data.unitId)
