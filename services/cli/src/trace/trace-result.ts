import type {
  CoachingItemFigures,
  ComplaintFigures,
  CountedFact,
  KnownUnit,
  MeasureOfWeek,
  PersonDayFigures,
  ScoreOfOneWeek,
} from '@bina/clickhouse/moved-figures'
import type { OtherMessage, SourceFacts, TracedEvent, TracedLetter } from '@bina/clickhouse/trace-queries'
import type { CoachingKind } from '@bina/pipeline/fold/coaching'
import type { Behind } from '../behind.ts'
import type { Reviser } from './event-standing.ts'

/** What became of an event. */
export interface Trace {
  readonly source: string
  readonly id: string
  readonly fate: 'stored' | 'superseded' | 'withdrawn' | 'dead_letter' | 'not_arrived'
  readonly behind: Behind
  readonly event: TracedEvent | undefined
  readonly others: readonly OtherMessage[]
  readonly revisers: readonly Reviser[]
  /** Ids that it names itself, and whether they are here. */
  readonly names: readonly {
    readonly does: 'supersedes' | 'withdraws'
    readonly id: string
    readonly arrived: boolean
  }[]
  readonly letters: readonly TracedLetter[]
  /** Of an event that is not here. */
  readonly sought: { readonly source: SourceFacts; readonly likelySources: readonly string[] } | undefined
  readonly moved: readonly Moved[]
}

/** A row that the event's entity came to; no person is named in it. */
export type Moved =
  | {
      readonly what: 'person_day'
      readonly workDate: string
      readonly row: PersonDayFigures | undefined
      readonly units: readonly UnitFigures[]
    }
  | {
      readonly what: 'complaint'
      readonly complaintId: string
      readonly row: ComplaintFigures | undefined
      /** When time alone changes it next, epoch ms. */
      readonly nextChangeMs: number | undefined
      readonly units: readonly UnitFigures[]
    }
  | { readonly what: 'unit'; readonly unitId: string; readonly known: KnownUnit | undefined }
  | { readonly what: 'roster' }
  | {
      readonly what: 'coaching'
      readonly aboutUnitId: string
      readonly kind: CoachingKind
      readonly itemId: string
      readonly known: KnownUnit | undefined
      readonly row: CoachingItemFigures | undefined
      readonly units: readonly UnitFigures[]
    }

/** What counts the row in one unit, with its present values. */
export interface UnitFigures {
  readonly unitId: string
  /** Absent: the directory does not know the unit, so nothing of it is counted yet. */
  readonly known: KnownUnit | undefined
  /** The score that the figures belong to; absent for those of coaching, which no score counts. */
  readonly score: 'discipline' | 'service' | undefined
  readonly facts: readonly CountedFact[]
  readonly measures: readonly MeasureOfWeek[]
  readonly scores: readonly ScoreOfOneWeek[]
}
