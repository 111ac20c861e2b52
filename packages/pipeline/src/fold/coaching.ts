import type { PlainDate } from '@bina/domain/plain-date'
import type { Finding } from './finding.ts'

export type CoachingKind = 'session' | 'action' | 'finding' | 'inspection' | 'objection'

/** The measures that coaching events make (readings 26, 28). */
export type CoachingMeasure = 'K1' | 'K2' | 'K3' | 'S13' | 'S14'

export interface CoachingFact {
  readonly measure: CoachingMeasure
  /** The date, in the city, whose week counts it. */
  readonly on: PlainDate
  readonly numerator: number
  readonly denominator: number
}

/** One session, agreed action, finding, inspection of facilities or objection of a unit. */
export interface CoachingItem {
  readonly kind: CoachingKind
  readonly itemId: string
  /** The unit that it is about. */
  readonly aboutUnitId: string
  /** The unit whose head coaches: of a session, and of the actions agreed in it. */
  readonly coachUnitId: string | undefined
  /** The session's topic, the action's code, the finding's category, the measure objected to; empty where there is none. */
  readonly code: string
  /** Where a finding came from; empty for all else. */
  readonly raisedFrom: string
  /** First planned (or held), agreed, raised, inspected, objected. */
  readonly openedAtMs: number
  /** Session: planned on; action and finding: due on; objection: Monday of the week objected to. */
  readonly dueOn: PlainDate | undefined
  /** Held, done, closed, decided. */
  readonly closedAtMs: number | undefined
  /** Of a decided objection: upheld or dismissed; else empty. */
  readonly outcome: string
  /** What it adds to the figures of the unit, K1 to K3 to those of the coach as well. */
  readonly facts: readonly CoachingFact[]
}

/** What one `coaching|unit` entity's events say. */
export interface CoachingFold {
  readonly items: readonly CoachingItem[]
  /** What in its events cannot be right, in order of their instants. */
  readonly findings: readonly Finding[]
  /** The next end of a day on which something was planned or due: until it has come, nothing is held against anybody. */
  readonly nextChangeAtMs: number | undefined
}
