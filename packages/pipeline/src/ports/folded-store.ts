import type { CoachingItem } from '../fold/coaching.ts'
import type { CoachingPlace } from '../fold/coaching-item.ts'
import type { Complaint } from '../fold/complaint.ts'
import type { UnitVersion } from '../fold/directory.ts'
import type { Finding } from '../fold/finding.ts'
import type { PersonDay } from '../fold/person-day.ts'

/** A row and the units in whose place it must no longer stand. `row` absent: it is taken back everywhere. */
export interface FoldedPersonDay {
  readonly personKey: string
  readonly workDate: string
  readonly row: PersonDay | undefined
  readonly unitsEverNamed: readonly string[]
  /** All of the row's unit. */
  readonly findings: readonly Finding[]
}

export interface FoldedComplaint {
  readonly complaintId: string
  readonly row: Complaint | undefined
  readonly unitsEverNamed: readonly string[]
}

export interface FoldedUnit {
  readonly unitId: string
  readonly versions: readonly UnitVersion[]
  /** First days of all versions ever sent, dead ones included: those without a version now are taken back. */
  readonly everValidFrom: readonly string[]
}

export interface FoldedCoaching {
  readonly aboutUnitId: string
  readonly items: readonly CoachingItem[]
  /** Every place in which one of the unit's items ever stood: those that no item stands in now are taken back. */
  readonly everPlaced: readonly CoachingPlace[]
}

/** What is wrong with the input of a complaint or of a unit's coaching, and every unit in whose place any of it may stand. */
export interface FoldedFindings {
  readonly entity: string
  readonly findings: readonly Finding[]
  readonly unitsEverNamed: readonly string[]
}

export interface PendingChange {
  readonly entity: string
  /** Absent: nothing is to change by time alone. */
  readonly changeAtMs: number | undefined
}

/** Where folded rows are kept. Of two writes to one row that with the later `readAt` stands, whichever comes first. */
export interface FoldedStore {
  writePersonDays(days: readonly FoldedPersonDay[], readAt: string): Promise<void>
  writeComplaints(complaints: readonly FoldedComplaint[], readAt: string): Promise<void>
  writeUnits(units: readonly FoldedUnit[], readAt: string): Promise<void>
  writeCoaching(units: readonly FoldedCoaching[], readAt: string): Promise<void>
  writeFindings(findings: readonly FoldedFindings[], readAt: string): Promise<void>
  writePending(changes: readonly PendingChange[], readAt: string): Promise<void>
  /** Entities whose instant has come, the earliest first, at most `limit`. */
  pendingUntil(nowMs: number, limit: number): Promise<readonly string[]>
  /** Entities with a row of these units that was read before `readAt`: what a change of a unit's directory entry moves. */
  entitiesOfUnits(unitIds: readonly string[], readAt: string): Promise<readonly string[]>
  /** Those of these units whose directory entry was read anew, and written, after `readAt`. */
  unitsWrittenAfter(unitIds: readonly string[], readAt: string): Promise<readonly string[]>
  /** Dates and person keys are laid by unit: the last date whose end the clock has published. */
  clockMark(name: string): Promise<string | undefined>
  setClockMark(name: string, throughDate: string): Promise<void>
}
