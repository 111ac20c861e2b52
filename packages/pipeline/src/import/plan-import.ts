import { isoWeekName, mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { EventType } from '@bina/events/service-event'
import { type ImportClock, importRows } from './import-rows.ts'
import { planWarnings } from './import-warnings.ts'
import type { ImportMapping } from './mapping.ts'
import type { RowProblem } from './row-problem.ts'

export interface UnitCount {
  readonly unitId: string
  readonly name: string
  readonly unitType: string
  /** Complaints assigned to it. */
  readonly complaints: number
}

/** What an import would do. Nothing in it is a value of the file, but units' ids and names. */
export interface ImportPlan {
  readonly kind: 'plan'
  readonly rows: number
  readonly good: number
  readonly bad: number
  readonly leftOut: number
  readonly repeated: number
  readonly events: Readonly<Partial<Record<EventType, number>>>
  /** Of the good rows: open, or how they ended. */
  readonly states: Readonly<Record<'open' | 'fixed' | 'answered' | 'closed_silent', number>>
  /** By id; made by the import, whatever their level. */
  readonly units: readonly UnitCount[]
  /** Good rows by the ISO week of their receipt in the mapping's zone, oldest first. */
  readonly weeks: readonly { readonly week: string; readonly rows: number }[]
  readonly reportWeek: string | undefined
  readonly problems: readonly RowProblem[]
  /** Problems found beyond those listed. */
  readonly moreProblems: number
  readonly warnings: readonly string[]
}

export interface PlanProgress {
  readonly kind: 'progress'
  readonly rows: number
}

export interface PlanOptions extends ImportClock {
  /** The city's own zone and profile, to warn of a mapping that differs. */
  readonly cityZone: string
  readonly cityProfile: string
  readonly listedProblems?: number
  readonly progressEveryRows?: number
}

/** Reads the whole file and publishes nothing. Progress now and then, the plan last. @throws ImportFileError */
export async function* planImport(
  mapping: ImportMapping,
  bytes: AsyncIterable<Uint8Array>,
  options: PlanOptions,
): AsyncGenerator<PlanProgress | ImportPlan> {
  const listed = options.listedProblems ?? 20
  const every = options.progressEveryRows ?? 10_000
  const counts = { rows: 0, good: 0, bad: 0, leftOut: 0, repeated: 0 }
  const states = { open: 0, fixed: 0, answered: 0, closed_silent: 0 }
  const events: Partial<Record<EventType, number>> = {}
  const weeks = new Map<string, number>()
  const units = new Map<string, { unitId: string; name: string; unitType: string; complaints: number }>()
  const notes = new Map<string, number>()
  const problems: RowProblem[] = []
  let moreProblems = 0
  const count = (type: EventType) => {
    events[type] = (events[type] ?? 0) + 1
  }

  for await (const row of importRows(mapping, bytes, options)) {
    counts.rows++
    if (counts.rows % every === 0) yield { kind: 'progress', rows: counts.rows }
    switch (row.kind) {
      case 'left_out':
        counts.leftOut++
        break
      case 'repeated':
        counts.repeated++
        break
      case 'bad':
        counts.bad++
        for (const problem of row.problems) {
          if (problems.length < listed) problems.push(problem)
          else moreProblems++
        }
        break
      case 'mapped': {
        counts.good++
        states[row.state]++
        for (const { data, type } of row.units) {
          if (units.has(data.unitId)) continue
          units.set(data.unitId, { unitId: data.unitId, name: data.name, unitType: data.unitType, complaints: 0 })
          count(type)
        }
        for (const event of row.events) {
          count(event.type)
          if (event.type !== 'bina.complaint.assigned.v1') continue
          const unit = units.get(event.data.unitId)
          if (unit !== undefined) unit.complaints++
        }
        const week = isoWeekName(mondayOf(dateIn(mapping.zone, row.receivedAtMs)))
        weeks.set(week, (weeks.get(week) ?? 0) + 1)
        for (const note of row.notes) {
          const name = `${note.kind}|${note.columnName}`
          notes.set(name, (notes.get(name) ?? 0) + 1)
        }
        break
      }
      default:
        row satisfies never
    }
  }
  const sorted = <T>(list: Iterable<T>, by: (item: T) => string) => [...list].sort((a, b) => (by(a) < by(b) ? -1 : 1))
  yield {
    kind: 'plan',
    ...counts,
    events,
    states,
    units: sorted(units.values(), (unit) => unit.unitId),
    weeks: sorted(weeks, ([week]) => week).map(([week, rows]) => ({ week, rows })),
    reportWeek: mapping.reportWeek,
    problems,
    moreProblems,
    warnings: planWarnings(mapping, counts, notes, options),
  }
}
