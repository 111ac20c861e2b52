import { createHash } from 'node:crypto'
import { canonicalJson } from '@bina/domain/canonical-json'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { complaintEntity, dayEntity, parseEntity } from '../fold/entity.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import type { PolicyLog } from '../ports/policy-log.ts'
import type { TouchPublisher } from '../ports/touch-publisher.ts'
import type { UnitFacts } from '../ports/unit-facts.ts'
import { chunks } from '../score/read-entities.ts'
import { PolicyBehindError } from './policy-behind-error.ts'
import {
  type DateSpan,
  joined,
  type PolicyScope,
  type PolicyValues,
  policyChanges,
  rebasedUnits,
} from './policy-changes.ts'

export interface PolicyWatchConfig {
  readonly zone: string
  readonly version: string
  /** Every version up to this one, the first first. */
  readonly history: readonly string[]
  readonly values: PolicyValues
}

export interface PolicyWatchDeps {
  readonly policyLog: PolicyLog
  readonly entityLog: Pick<EntityLog, 'entitiesOfKind'>
  readonly facts: Pick<UnitFacts, 'allUnits'>
  readonly touches: TouchPublisher
  readonly clock: () => number
  readonly log: { info(fields: Readonly<Record<string, unknown>>, message: string): void }
}

const atOnce = 5_000
const daysAtOnce = 31
// The same as for rosters: before it there are person-days of events alone.
const horizonDays = 400
// Whether an excuse came late hangs on the working days after the date; more than so many days they never span.
const excuseReachDays = 45
const firstDay = '1970-01-01'
const lastDay = '2149-06-05'

/**
 * Has everything worked out again that a change of the rules moves. Compares the rules with those that the tables follow, keeps the
 * difference, touches what lies on the differing dates in portions, and only then says that the tables follow the new rules. What was
 * done is kept as it goes on, so a worker that takes over goes on; a portion touched twice changes nothing. A call does nothing once the
 * tables follow these rules. @throws PolicyBehindError
 */
export function createPolicyWatch(config: PolicyWatchConfig, deps: PolicyWatchDeps): () => Promise<void> {
  const { policyLog, touches, log } = deps
  const { zone, version } = config
  const { calendar, attendance, deadlines, scoring, rebasing } = config.values
  const values: PolicyValues = { calendar, attendance, deadlines, scoring, ...(rebasing && { rebasing }) }
  const contents = canonicalJson(values)
  const target = createHash('sha256').update(contents).digest('hex')
  let isFollowed = false

  const touchDays = async (spans: readonly DateSpan[], yesterday: PlainDate) => {
    const known = await policyLog.underWay()
    const done = known?.target === target && known.through !== '' ? known.through : undefined
    const people = (await deps.entityLog.entitiesOfKind('staff')).flatMap((entity) => {
      const parts = parseEntity(entity)
      return parts?.kind === 'staff' ? [parts.personKey] : []
    })
    let touched = 0
    for (const span of spans) {
      const from = done !== undefined && done >= span.from ? addDays(done, 1) : span.from
      const to = earlier(span.to ?? yesterday, yesterday)
      if (from > to) continue
      const dates = await policyLog.workDates(from, to)
      const horizon = addDays(yesterday, -horizonDays)
      // Absences come to exist, or end, on dates that have no row.
      const first = earlier(dates[0] ?? '~', later(from, horizon))
      for (let begin = first; begin <= to; begin = addDays(begin, daysAtOnce)) {
        const end = earlier(addDays(begin, daysAtOnce - 1), to)
        const entities = new Set<string>()
        for (const { personKey, workDate } of await policyLog.personDays(begin, end))
          entities.add(dayEntity(personKey, workDate))
        for (let date = later(begin, horizon); date <= end; date = addDays(date, 1))
          for (const personKey of people) entities.add(dayEntity(personKey, date))
        for (const some of chunks([...entities], atOnce)) await touches.touch({ entities: some, revised: [] })
        touched += entities.size
        await policyLog.setUnderWay({ target, through: end, version })
        log.info({ version, through: end, until: to, touched }, 'person-days are worked out by the new rules')
      }
    }
  }

  const touchComplaints = async (by: 'receipt' | 'clock', spans: readonly DateSpan[]) => {
    for (const { from, to } of spans) {
      const ids = await policyLog.complaints(by, from, to ?? lastDay)
      for (const some of chunks(ids, atOnce)) await touches.touch({ entities: some.map(complaintEntity), revised: [] })
      log.info({ version, from, touched: ids.length }, 'complaints are worked out by the new rules')
    }
  }

  const touchScores = async (spans: readonly DateSpan[], today: PlainDate) => {
    for (const { from, to } of spans) {
      const fromWeek = mondayOf(addDays(from, 6))
      const toWeek = mondayOf(earlier(to ?? today, today))
      if (fromWeek > toWeek) continue
      const units = await deps.facts.allUnits()
      for (const some of chunks(units, atOnce))
        await touches.touchUnits(some.map((unitId) => ({ unitId, fromWeek, toWeek })))
      log.info({ version, fromWeek, toWeek, touched: units.length }, 'scores are judged by the new rules')
    }
  }

  // A chart that begins anew has other limits from its first week on; a rule of one unit is no change of a version.
  const touchRebased = async (units: readonly string[], today: PlainDate) => {
    const toWeek = mondayOf(today)
    for (const some of chunks(units, atOnce))
      await touches.touchUnits(some.map((unitId) => ({ unitId, fromWeek: mondayOf(addDays(firstDay, 6)), toWeek })))
    if (units.length > 0) log.info({ version, touched: units.length }, 'charts begin anew where it was decided')
  }

  return async () => {
    if (isFollowed) return
    const before = await policyLog.applied()
    if (before === undefined) {
      // Tables without a mark are new ones, or were made before there were marks.
      const older = (await policyLog.versionsOfScores()).filter((name) => name !== version)
      if (older.length === 0) {
        await policyLog.setApplied({ version, contents })
        isFollowed = true
        return
      }
    } else if (!config.history.includes(before.version)) {
      throw new PolicyBehindError(before.version, version)
    }
    const known = before === undefined ? undefined : (JSON.parse(before.contents) as PolicyValues)
    const changes = policyChanges(known, values)
    const today = dateIn(zone, deps.clock())
    await policyLog.record(
      changes.map((change) => ({ ...change, fromVersion: before?.version ?? '', toVersion: version })),
    )
    // Before the first touch: who still works by older rules is to see it and end, and not take what is touched.
    if (changes.length > 0 && (await policyLog.underWay())?.target !== target)
      await policyLog.setUnderWay({ target, through: '', version })
    const of = (scope: PolicyScope) => spansWithin(changes.filter((change) => change.scope === scope))
    const clocks = of('calendar')
    const days = [...of('days'), ...clocks.map(({ from, to }) => ({ from: addDays(from, -excuseReachDays), to }))]
    await touchDays(joined(spansWithin(days)), addDays(today, -1))
    await touchComplaints('receipt', of('receipts'))
    await touchComplaints('clock', clocks)
    await touchScores(of('scores'), today)
    await touchRebased(rebasedUnits(known, values), today)
    await policyLog.setApplied({ version, contents })
    isFollowed = true
  }
}

/** The part of the spans in which there can be facts. */
function spansWithin(spans: readonly DateSpan[]): readonly DateSpan[] {
  return spans
    .filter(({ from, to }) => from <= lastDay && (to === undefined || to >= firstDay))
    .map(({ from, to }) => ({
      from: later(from, firstDay),
      to: to === undefined ? undefined : earlier(to, lastDay),
    }))
}

const earlier = (a: PlainDate, b: PlainDate) => (a < b ? a : b)
const later = (a: PlainDate, b: PlainDate) => (a > b ? a : b)
