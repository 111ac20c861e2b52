import type { WorkCalendar } from '@bina/domain/calendar'
import type { Rules } from '@bina/domain/rules'
import { everPlaced } from '../fold/coaching-item.ts'
import { staffVersions, type UnitVersion, unitOn, unitVersions } from '../fold/directory.ts'
import { type Entity, parseEntity, staffEntity, unitEntity, WITHDRAWAL_ENTITY } from '../fold/entity.ts'
import { foldCoaching } from '../fold/fold-coaching.ts'
import { foldComplaint } from '../fold/fold-complaint.ts'
import { foldPersonDay } from '../fold/fold-person-day.ts'
import type { KnownEvent } from '../fold/known-event.ts'
import { noUnit } from '../fold/no-unit.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import type {
  FoldedCoaching,
  FoldedComplaint,
  FoldedFindings,
  FoldedPersonDay,
  FoldedStore,
  FoldedUnit,
  PendingChange,
} from '../ports/folded-store.ts'
import type { Touched, TouchedUnit, TouchPublisher } from '../ports/touch-publisher.ts'
import { entitiesMovedByDirectory } from './directory-moves.ts'
import { everAbove } from './ever-above.ts'
import { outdatedEntities } from './outdated-entities.ts'
import { chunks, type EntityEvents, eventsByEntity, readEntities } from './read-entities.ts'
import { revisedEntities } from './revised-entities.ts'
import { touchedWeeks } from './touched-weeks.ts'

export interface FoldConfig {
  readonly zone: string
  /** Profile of the citizen's clock. */
  readonly cityProfile: string
}

export interface FoldDeps {
  readonly entityLog: EntityLog
  readonly store: FoldedStore
  readonly touches: TouchPublisher
  readonly calendar: WorkCalendar
  readonly rules: Rules
  readonly clock: () => number
}

type DayEntity = Extract<Entity, { kind: 'day' }>
type ComplaintEntity = Extract<Entity, { kind: 'complaint' }>

// Bounds what is in memory at once, however many entities one message names.
const entitiesAtOnce = 5_000

/** Folds what was touched anew from all its events, stores the rows and hands on the units whose figures may move. Told to stop it leaves off
 *  before the next few thousand entities, and throws: all of it is to come again. */
export function createFoldTouched(
  config: FoldConfig,
  deps: FoldDeps,
): (touched: readonly Touched[], stopping?: AbortSignal) => Promise<void> {
  const foldSome = async (entities: readonly string[]) => {
    const parsed = entities.map((entity) => ({ entity, parts: parseEntity(entity) }))
    const staffOfDays = parsed.flatMap(({ parts }) => (parts?.kind === 'day' ? [staffEntity(parts.personKey)] : []))
    const { readAt, byEntity } = await readEntities(deps.entityLog, [...new Set([...entities, ...staffOfDays])])
    const directory = await readUnits(deps.entityLog, byEntity)
    const profileOf = (unitId: string, date: string) => unitOn(directory.get(unitId) ?? [], date)?.scheduleProfile
    const eventsOf = (entity: string): EntityEvents => byEntity.get(entity) ?? { live: [], all: [] }
    const nowMs = deps.clock()

    const days: FoldedPersonDay[] = []
    const complaints: FoldedComplaint[] = []
    const units: FoldedUnit[] = []
    const coachings: FoldedCoaching[] = []
    const findings: FoldedFindings[] = []
    const pending: PendingChange[] = []
    const touchedUnits: TouchedUnit[] = []
    const moved: string[] = []
    const unitsNamed = new Map<string, readonly string[]>()

    const foldDay = (entity: string, { personKey, workDate }: DayEntity) => {
      const staff = eventsOf(staffEntity(personKey))
      const everNamed = unitsNamedBy([...eventsOf(entity).all, ...staff.all])
      unitsNamed.set(entity, everNamed)
      const folded = foldPersonDay({
        personKey,
        workDate,
        events: eventsOf(entity).live,
        staff: staffVersions(staff.live),
        everNamed,
        unitProfileOn: profileOf,
        calendar: deps.calendar,
        attendanceRulesOn: deps.rules.attendanceOn,
        zone: config.zone,
        nowMs,
      })
      days.push({ personKey, workDate, ...folded })
      pending.push({ entity, changeAtMs: folded.nextChangeAtMs })
      touchedUnits.push(...touchedWeeks.ofDay(workDate, folded.unitsEverNamed))
    }
    const foldOneComplaint = (entity: string, { complaintId }: ComplaintEntity) => {
      const { live, all } = eventsOf(entity)
      const everNamed = unitsNamedBy(all)
      unitsNamed.set(entity, everNamed)
      const folded = foldComplaint({
        complaintId,
        events: live,
        // The city's share too, where there may have been one: it is taken back like any other.
        everNamed: [...everNamed, ...(all.some(namesNoUnit) ? [noUnit] : [])],
        profileOf,
        cityProfile: config.cityProfile,
        calendar: deps.calendar,
        deadlinesOn: deps.rules.deadlinesOn,
        zone: config.zone,
        nowMs,
      })
      complaints.push({ complaintId, row: folded.row, unitsEverNamed: folded.unitsEverNamed })
      findings.push({ entity, ...folded })
      pending.push({ entity, changeAtMs: folded.nextChangeAtMs })
      touchedUnits.push(...touchedWeeks.ofComplaint(config.zone, all, folded))
    }

    const foldCoachingOf = (entity: string, unitId: string) => {
      const { live, all } = eventsOf(entity)
      const isKnown = (named: string, on: string) => unitOn(directory.get(named) ?? [], on) !== undefined
      const folded = foldCoaching({ unitId, events: live, isKnown, zone: config.zone, nowMs })
      const { items, nextChangeAtMs } = folded
      const places = everPlaced(unitId, all)
      const everNamed = [...new Set([unitId, ...places.map((place) => place.unitId)])]
      unitsNamed.set(entity, everNamed)
      coachings.push({ aboutUnitId: unitId, items, everPlaced: places })
      findings.push({ entity, findings: folded.findings, unitsEverNamed: everNamed })
      pending.push({ entity, changeAtMs: nextChangeAtMs })
      touchedUnits.push(...touchedWeeks.ofCoaching(config.zone, all, places))
    }

    for (const { entity, parts } of parsed) {
      if (parts === undefined)
        // What came by the topic was passed over there and counted: this is a fault of ours.
        throw new Error(`"${entity}" is no entity, and should have been passed over before it came here`)
      switch (parts.kind) {
        case 'day':
          foldDay(entity, parts)
          break
        case 'complaint':
          foldOneComplaint(entity, parts)
          break
        case 'unit':
          units.push({
            unitId: parts.unitId,
            versions: unitVersions(eventsOf(entity).live),
            everValidFrom: unitVersions(eventsOf(entity).all).map(({ validFrom }) => validFrom),
          })
          touchedUnits.push(...touchedWeeks.ofUnit(config.zone, parts.unitId, nowMs))
          break
        case 'staff':
          moved.push(...entitiesMovedByDirectory(parts.personKey, eventsOf(entity).all, config.zone, nowMs))
          break
        case 'coaching':
          foldCoachingOf(entity, parts.unitId)
          break
        case 'withdrawal':
          break
        default:
          parts satisfies never
      }
    }
    // The units first, the question for their rows next: whoever writes a row after it sees that the unit's entry is newer.
    await deps.store.writeUnits(units, readAt)
    if (units.length > 0)
      moved.push(
        ...(await deps.store.entitiesOfUnits(
          units.map(({ unitId }) => unitId),
          readAt,
        )),
      )
    // Asked after the units are written: an entry that comes in later touches what is above it itself.
    const above = await everAbove(
      deps.entityLog,
      units.map(({ unitId }) => unitId),
    )
    touchedUnits.push(...touchedWeeks.ofAreas(config.zone, above, nowMs))
    // Which of them a crash leaves undone is all one: the batch comes again, and its later version stands.
    await Promise.all([
      deps.store.writePersonDays(days, readAt),
      deps.store.writeComplaints(complaints, readAt),
      deps.store.writeCoaching(coachings, readAt),
      deps.store.writeFindings(findings, readAt),
      deps.store.writePending(pending, readAt),
    ])
    // What was folded here has seen the same directory already, but where another worker has read a newer one meanwhile.
    const folded = new Set(entities)
    const outdated = await outdatedEntities(deps.store, unitsNamed, readAt)
    await deps.touches.touch({
      entities: [...moved.filter((entity) => !folded.has(entity)), ...outdated],
      revised: [],
    })
    await deps.touches.touchUnits(touchedWeeks.joined(touchedUnits))
  }

  return async (touched, stopping) => {
    stopping?.throwIfAborted()
    const revised = await revisedEntities(
      deps.entityLog,
      touched.flatMap((one) => one.revised),
    )
    // A correction's target has a writer of its own, which may be another worker: it gets there by the topic.
    await deps.touches.touch({ entities: revised, revised: [] })
    const entities = [...new Set(touched.flatMap((one) => one.entities))].filter(hasRows)
    for (const some of chunks(entities, entitiesAtOnce)) {
      stopping?.throwIfAborted()
      await foldSome(some)
    }
  }
}

/** Withdrawals act on others and share one entity, whose events nobody wants to read. */
function hasRows(entity: string): boolean {
  return entity !== WITHDRAWAL_ENTITY
}

const namesNoUnit = (event: KnownEvent) =>
  event.type === 'bina.complaint.received.v1' && event.data.unitId === undefined

/** Every unit that any of these events names. */
function unitsNamedBy(events: readonly KnownEvent[]): readonly string[] {
  const named = new Set<string>()
  for (const { data } of events) {
    if ('unitId' in data && typeof data.unitId === 'string') named.add(data.unitId)
    if ('coachUnitId' in data) named.add(data.coachUnitId)
  }
  return [...named]
}

async function readUnits(
  log: EntityLog,
  byEntity: ReadonlyMap<string, EntityEvents>,
): Promise<ReadonlyMap<string, readonly UnitVersion[]>> {
  const named = new Set<string>()
  for (const { all } of byEntity.values()) for (const unitId of unitsNamedBy(all)) named.add(unitId)
  const units = await eventsByEntity(log, [...named].map(unitEntity))
  return new Map([...named].map((unitId) => [unitId, unitVersions(units.get(unitEntity(unitId))?.live ?? [])]))
}
