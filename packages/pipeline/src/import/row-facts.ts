import type { EventData } from '@bina/events/service-event'
import { type LocalInstant, localInstant } from './local-instant.ts'
import type { ImportMapping } from './mapping.ts'
import type { Row } from './read-rows.ts'
import type { RowProblem, RowProblemCode } from './row-problem.ts'
import { type Chosen, compileChoice, compileTest } from './row-rules.ts'
import { parseTemplate } from './template.ts'
import { compileTimeFormat } from './time-format.ts'

type Received = EventData['bina.complaint.received.v1']
type Outcome = EventData['bina.resolution.resolved.v1']['outcome']

/** What a row says of its complaint, in the contract's words. */
export interface RowFacts {
  readonly key: string
  readonly receivedAtMs: number
  readonly channel: Received['channel']
  readonly kind: Received['kind']
  readonly category: Received['category']
  readonly slaClass: Received['slaClass']
  readonly assignedAtMs: number | undefined
  readonly resolved: { readonly atMs: number; readonly outcome: Outcome } | undefined
}

/** What an operator should know of though the row is good. */
export interface RowNote {
  /** `otherwise`: the column's value is not listed and the mapping's rest was taken. */
  readonly kind: 'otherwise' | 'clock_gap' | 'clock_overlap' | 'time_without_closing' | 'closing_without_time'
  readonly columnName: string
}

/** Collects what is wrong and what is worth a note in one row. */
export interface RowFindings {
  readonly problems: RowProblem[]
  readonly notes: RowNote[]
  fault(code: RowProblemCode, columnName: string | undefined, message: string): void
}

export function createFindings(row: Row): RowFindings {
  const problems: RowProblem[] = []
  const fault = (code: RowProblemCode, columnName: string | undefined, message: string) => {
    const column = columnName === undefined ? undefined : row.columnNumbers.get(columnName)
    const place = columnName === undefined || column === undefined ? {} : { column, columnName }
    problems.push({ kind: 'problem', code, line: row.line, ...place, message })
  }
  return { problems, notes: [], fault }
}

/** Reads a row's facts. Every fault is found, not only the first; facts are undefined when there is one. */
export function createFactReader(mapping: ImportMapping): (row: Row, findings: RowFindings) => RowFacts | undefined {
  const { rows, received, assigned, resolved, zone } = mapping
  const parseTime = compileTimeFormat(mapping.timeFormat)
  const keyOf = parseTemplate(rows.key)
  const choose = {
    channel: compileChoice(received.channel),
    kind: compileChoice(received.kind),
    category: compileChoice(received.category),
    slaClass: compileChoice(received.slaClass),
  }
  const isClosed = resolved?.when === undefined ? undefined : compileTest(resolved.when)
  const outcomes = (resolved?.outcomes ?? []).map((rule) => ({ holds: compileTest(rule), outcome: rule.outcome }))

  return (row, { problems, notes, fault }) => {
    const cell = (column: string) => row.cells.get(column)

    const timeAt = (column: string, needed: boolean): LocalInstant | undefined => {
      const text = cell(column)
      if (text === undefined) {
        if (needed) fault('required', column, 'is empty, a time is needed')
        return undefined
      }
      const time = parseTime(text)
      const at = time === undefined ? undefined : localInstant(zone, time)
      // The contract knows no time before 1970: such a date is a slip of the pen.
      if (at === undefined || at.ms < 0) {
        fault('time', column, `is no time of the form ${mapping.timeFormat}, from 1970 on`)
        return undefined
      }
      if (at.clock !== 'once') notes.push({ kind: `clock_${at.clock}`, columnName: column })
      return at
    }

    const chosen = <V extends string>(choice: Chosen<V>, column: string | undefined): V | undefined => {
      if ('value' in choice) {
        if (choice.otherwise && column !== undefined) notes.push({ kind: 'otherwise', columnName: column })
        return choice.value
      }
      if (choice.empty) fault('required', choice.unknownIn, 'is empty and the mapping has no otherwise for it')
      else fault('value', choice.unknownIn, 'holds a value that the mapping does not list')
      return undefined
    }

    const closingAt = (): LocalInstant | undefined => {
      if (resolved === undefined) return undefined
      const hasTime = cell(resolved.at) !== undefined
      if (!(isClosed?.(cell) ?? hasTime)) {
        if (hasTime) notes.push({ kind: 'time_without_closing', columnName: resolved.at })
        return undefined
      }
      if (hasTime || resolved.withoutTime === 'problem') return timeAt(resolved.at, true)
      notes.push({ kind: 'closing_without_time', columnName: resolved.at })
      return undefined
    }

    const key = keyOf.fill(cell)
    if ('empty' in key) fault('required', key.empty, 'is empty, so that the row has no key')
    const receivedAt = timeAt(received.at, true)
    const notBefore = (at: LocalInstant | undefined, column: string | undefined): number | undefined => {
      if (at === undefined || receivedAt === undefined) return undefined
      // The hour that the clock shows twice: the second one, when the first would put the end before the beginning.
      const ms = at.ms < receivedAt.ms && at.laterMs !== undefined && at.laterMs >= receivedAt.ms ? at.laterMs : at.ms
      if (ms < receivedAt.ms) fault('time_order', column, `is before ${received.at}`)
      return ms
    }
    const channel = chosen(choose.channel(cell), received.channel.column)
    const kind = chosen(choose.kind(cell), received.kind.column)
    const category = chosen(choose.category(cell), received.category.column)
    const slaClass = chosen(choose.slaClass(cell), received.slaClass.column)
    const assignedAt = assigned?.at === received.at ? receivedAt : assigned && timeAt(assigned.at, false)
    const assignedAtMs = notBefore(assignedAt, assigned?.at)
    const closedAtMs = notBefore(closingAt(), resolved?.at)

    if (problems.length > 0 || 'empty' in key || receivedAt === undefined) return undefined
    if (channel === undefined || kind === undefined || category === undefined || slaClass === undefined)
      return undefined
    const outcome = outcomes.find((rule) => rule.holds(cell))?.outcome ?? resolved?.otherwise
    return {
      key: key.text,
      receivedAtMs: receivedAt.ms,
      channel,
      kind,
      category,
      slaClass,
      assignedAtMs,
      resolved: closedAtMs === undefined || outcome === undefined ? undefined : { atMs: closedAtMs, outcome },
    }
  }
}
