import type { EventData, ServiceEvent } from '@bina/events/service-event'
import type { ImportMapping } from './mapping.ts'
import type { Row } from './read-rows.ts'
import { createEventMaker } from './row-event.ts'
import { createFactReader, createFindings, type RowFacts, type RowFindings, type RowNote } from './row-facts.ts'
import type { RowProblem } from './row-problem.ts'
import { compileTest } from './row-rules.ts'
import { createRowUnits, type RowUnits, type UnitEvent } from './row-units.ts'

export type ComplaintEventType =
  | 'bina.complaint.received.v1'
  | 'bina.complaint.assigned.v1'
  | 'bina.resolution.resolved.v1'
export type ComplaintEvent = ServiceEvent<ComplaintEventType>

export interface MappedRow {
  readonly kind: 'mapped'
  readonly line: number
  /** The complaint's id. */
  readonly key: string
  readonly receivedAtMs: number
  /** The units that the row names, superiors first; the same unit is the same event in every row. */
  readonly units: readonly UnitEvent[]
  /** In the order in which they happened. */
  readonly events: readonly ComplaintEvent[]
  readonly state: 'open' | EventData['bina.resolution.resolved.v1']['outcome']
  readonly notes: readonly RowNote[]
}

export interface BadRow {
  readonly kind: 'bad'
  readonly line: number
  readonly problems: readonly RowProblem[]
}

export interface LeftOutRow {
  readonly kind: 'left_out'
  readonly line: number
}

/** One row of a file to the events of one complaint; only what the mapping names can reach an event. */
export function createRowMapper(
  mapping: ImportMapping,
  { nowMs }: { readonly nowMs: number },
): (row: Row) => MappedRow | LeftOutRow | BadRow {
  const { rows, received, assigned, resolved } = mapping
  const make = createEventMaker({ source: mapping.source, zone: mapping.zone, nowMs })
  const unitsOf = createRowUnits(mapping, make)
  const factsOf = createFactReader(mapping)
  const only = rows.only.map(compileTest)
  const leaveOut = rows.leaveOut.map(compileTest)

  const eventsOf = (facts: RowFacts, units: RowUnits, findings: RowFindings): readonly ComplaintEvent[] => {
    const { key: complaintId, channel, kind, category, slaClass } = facts
    const unitOf = (level: string | undefined) => (level === undefined ? undefined : units.idOf.get(level))
    const events: ComplaintEvent[] = []
    const add = <T extends ComplaintEventType>(type: T, idPart: string, atMs: number, data: EventData[T]) => {
      const event = make(type, `${complaintId}:${idPart}`, complaintId, atMs, data)
      // One of the three types that the signature allows.
      if (event.kind === 'ok') events.push(event.value as ComplaintEvent)
      // What is wrong with a complaint's first event is wrong with the others too.
      else if (findings.problems.length === 0) {
        const code = event.reason === 'time_in_future' ? 'time_in_future' : 'contract'
        findings.fault(code, undefined, `${type.split('.').slice(1, 3).join(' ')} event ${event.detail}`)
      }
    }

    // The numbers keep what happened at one instant in the order of a complaint's life: events are ordered by time, then id.
    const about = unitOf(received.unit)
    const receipt = {
      complaintId,
      channel,
      kind,
      category,
      slaClass,
      ...(about === undefined ? {} : { unitId: about }),
    }
    add('bina.complaint.received.v1', '1-received', facts.receivedAtMs, receipt)
    const holder = unitOf(assigned?.unit)
    if (assigned !== undefined && holder !== undefined && facts.assignedAtMs !== undefined) {
      const data = { complaintId, unitId: holder, ruledBy: assigned.ruledBy }
      add('bina.complaint.assigned.v1', '2-assigned', facts.assignedAtMs, data)
    }
    const closer = unitOf(resolved?.unit)
    if (facts.resolved !== undefined && closer !== undefined) {
      const { atMs, outcome } = facts.resolved
      // The instant is part of the id: a row that was closed anew since the last import is a second closing, not another
      // content under a known identity.
      const at = new Date(atMs).toISOString().replace(/[-:]|\.000/g, '')
      add('bina.resolution.resolved.v1', `3-resolved-${at}`, atMs, { complaintId, unitId: closer, outcome })
    }
    return events
  }

  return (row) => {
    const cell = (column: string) => row.cells.get(column)
    const { line } = row
    if (!only.every((holds) => holds(cell)) || leaveOut.some((holds) => holds(cell))) return { kind: 'left_out', line }
    const findings = createFindings(row)
    const facts = factsOf(row, findings)
    const units = unitsOf(cell)
    if (units.kind === 'fault') findings.fault(units.code, units.columnName, units.message)
    const events = facts === undefined || units.kind === 'fault' ? [] : eventsOf(facts, units, findings)
    if (findings.problems.length > 0 || facts === undefined || units.kind === 'fault') {
      return { kind: 'bad', line, problems: findings.problems }
    }
    const state = facts.resolved?.outcome ?? 'open'
    const { key, receivedAtMs } = facts
    return { kind: 'mapped', line, key, receivedAtMs, units: units.events, events, state, notes: findings.notes }
  }
}
