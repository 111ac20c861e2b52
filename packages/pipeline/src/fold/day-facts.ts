import type { WeighedCheck } from './check-weight.ts'
import type { Punches } from './day-minutes.ts'
import type { KnownEvent, KnownEventOf } from './known-event.ts'

/** What the events of one person-day say, before any calendar or roster is asked. */
export interface DayFacts {
  /** Undefined when no event names the day. */
  readonly latestUnitId: string | undefined
  /** Every unit that an event of the day names. */
  readonly unitIds: readonly string[]
  readonly punches: Punches & {
    /** The first and the last clock record of either kind. */
    readonly earliestMs: number | undefined
    readonly latestMs: number | undefined
  }
  readonly clockRecords: number
  readonly manualRecords: number
  /** The unit itself declared an outage, which is passed over. */
  readonly outageByUnit: boolean
  readonly status: KnownEventOf<'bina.attendance.status-set.v1'> | undefined
  readonly checks: readonly WeighedCheck[]
}

/** A unit may not declare its own outage: such a status is passed over, and the one before it holds (reading 17). */
export function dayFactsOf(ordered: readonly KnownEvent[]): DayFacts {
  let latestUnitId: string | undefined
  const unitIds = new Set<string>()
  let earliestMs: number | undefined
  let latestMs: number | undefined
  let outageByUnit = false
  let firstInMs: number | undefined
  let lastOutMs: number | undefined
  let clockRecords = 0
  let manualRecords = 0
  let status: DayFacts['status']
  const checks = new Map<string, WeighedCheck>()
  for (const event of ordered) {
    switch (event.type) {
      case 'bina.attendance.recorded.v1':
        latestUnitId = event.data.unitId
        earliestMs ??= event.occurredAtMs
        latestMs = event.occurredAtMs
        if (event.data.kind === 'in') firstInMs ??= event.occurredAtMs
        else lastOutMs = event.occurredAtMs
        clockRecords += 1
        if (event.data.method === 'manual') manualRecords += 1
        break
      case 'bina.attendance.status-set.v1':
        latestUnitId = event.data.unitId
        if (event.data.status === 'outage' && event.data.setBy === 'unit') outageByUnit = true
        else status = event
        break
      case 'bina.attendance.spot-checked.v1':
        latestUnitId = event.data.unitId
        checks.set(event.data.checkId, {
          outcome: event.data.outcome,
          inclusionProbability: event.data.inclusionProbability,
        })
        break
    }
    if (latestUnitId !== undefined) unitIds.add(latestUnitId)
  }
  return {
    latestUnitId,
    unitIds: [...unitIds],
    punches: { firstInMs, lastOutMs, earliestMs, latestMs },
    clockRecords,
    manualRecords,
    outageByUnit,
    status,
    checks: [...checks.values()],
  }
}
