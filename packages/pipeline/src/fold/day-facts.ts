import type { EventData } from '@bina/events/service-event'
import type { Punches } from './day-minutes.ts'
import type { KnownEvent, KnownEventOf } from './known-event.ts'

/** What the events of one person-day say, before any calendar or roster is asked. */
export interface DayFacts {
  /** Undefined when no event names the day. */
  readonly latestUnitId: string | undefined
  readonly punches: Punches
  readonly clockRecords: number
  readonly manualRecords: number
  readonly status: KnownEventOf<'bina.attendance.status-set.v1'> | undefined
  readonly outcomes: readonly EventData['bina.attendance.spot-checked.v1']['outcome'][]
}

/** A unit may not declare its own outage: such a status is passed over, and the one before it holds (reading 17). */
export function dayFactsOf(ordered: readonly KnownEvent[]): DayFacts {
  let latestUnitId: string | undefined
  let firstInMs: number | undefined
  let lastOutMs: number | undefined
  let clockRecords = 0
  let manualRecords = 0
  let status: DayFacts['status']
  const outcomeOfCheck = new Map<string, DayFacts['outcomes'][number]>()
  for (const event of ordered) {
    switch (event.type) {
      case 'bina.attendance.recorded.v1':
        latestUnitId = event.data.unitId
        if (event.data.kind === 'in') firstInMs ??= event.occurredAtMs
        else lastOutMs = event.occurredAtMs
        clockRecords += 1
        if (event.data.method === 'manual') manualRecords += 1
        break
      case 'bina.attendance.status-set.v1':
        latestUnitId = event.data.unitId
        if (event.data.status !== 'outage' || event.data.setBy === 'city') status = event
        break
      case 'bina.attendance.spot-checked.v1':
        latestUnitId = event.data.unitId
        outcomeOfCheck.set(event.data.checkId, event.data.outcome)
        break
    }
  }
  const outcomes = [...outcomeOfCheck.values()]
  return { latestUnitId, punches: { firstInMs, lastOutMs }, clockRecords, manualRecords, status, outcomes }
}
