import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { DurationRow, JudgedStore } from '../ports/judged-store.ts'
import type { TouchedUnit, TouchPublisher } from '../ports/touch-publisher.ts'
import type { TimedCase, UnitFacts, UnitSpan } from '../ports/unit-facts.ts'
import type { JudgeAreas } from './judge-areas.ts'
import { judgeDurations } from './judge-durations.ts'
import type { JudgeSignals } from './judge-signals.ts'
import { finalAfterDays } from './restate.ts'
import { earlier, earliest, later, latest, touchedWeeks } from './touched-weeks.ts'

export interface FollowConfig {
  readonly zone: string
  readonly policyVersion: string
}

export interface FollowDeps {
  readonly facts: Pick<UnitFacts, 'serverTime' | 'spans' | 'attendance' | 'cases'>
  readonly store: Pick<JudgedStore, 'writeDurations'>
  readonly calendar: WorkCalendar
  readonly judgeSignals: JudgeSignals
  readonly areas: Pick<JudgeAreas, 'partsOf'>
  readonly touches: Pick<TouchPublisher, 'touchUnits'>
  readonly clock: () => number
}

const unitsAtOnce = 200

/**
 * What follows from units' judged weeks and nobody waits for: the time to resolve (S7), their control charts, and what they add to the areas
 * above them, which it hands on. Each of it reads the facts, or the figures that stand by now, for itself: judged ten times meanwhile, a
 * week is followed up once. Told to stop it leaves off before the next units, and throws: all of it is to come again.
 */
export function createFollowJudged(
  config: FollowConfig,
  deps: FollowDeps,
): (touched: readonly TouchedUnit[], stopping?: AbortSignal) => Promise<void> {
  const { facts, calendar } = deps
  const { zone, policyVersion } = config

  const followSome = async (judged: readonly TouchedUnit[], nowMs: number): Promise<readonly TouchedUnit[]> => {
    const currentWeek = mondayOf(dateIn(zone, nowMs))
    const unitIds = judged.map(({ unitId }) => unitId)
    const fromWeek = earliest(judged.map((unit) => unit.fromWeek))
    const toWeek = earlier(latest(judged.map((unit) => unit.toWeek)), currentWeek)
    if (fromWeek > toWeek) return []
    // Asked first: whatever is written after it touches its unit once more, and gets a later version.
    const readAt = await facts.serverTime()
    const spans = await facts.spans(unitIds, fromWeek, nowMs)
    const known = new Set(spans.filter(({ versions }) => versions.length > 0).map(({ unitId }) => unitId))
    // Before their first fact nothing is to be counted.
    const firsts = spans.flatMap(({ firstWeek }) => firstWeek ?? [])
    const countFrom = later(fromWeek, earliest(firsts.length > 0 ? firsts : [currentWeek]))
    const weeks = { unitIds, fromWeek, toWeek }

    const addToAreas = async () => {
      const counts = await facts.attendance(unitIds, countFrom, toWeek)
      return deps.areas.partsOf({ ...weeks, known, readAt, nowMs, counts })
    }
    const timeCases = async () => {
      const cases = await facts.cases(unitIds, countFrom, toWeek)
      const rows = spans.flatMap((span) => durationsOf(span, cases, { fromWeek: countFrom, toWeek, nowMs }))
      await deps.store.writeDurations({ ...weeks, policyVersion, durations: rows }, readAt)
    }
    const [areas] = await Promise.all([
      addToAreas(),
      deps.judgeSignals({ ...weeks, known, currentWeek, readAt }),
      timeCases(),
    ])
    return areas
  }

  const durationsOf = (
    { unitId, firstWeek, versions }: UnitSpan,
    cases: readonly TimedCase[],
    { fromWeek, toWeek, nowMs }: { readonly fromWeek: string; readonly toWeek: string; readonly nowMs: number },
  ): readonly DurationRow[] => {
    // Kept, and timed once the unit is known.
    const ownCases = versions.length === 0 ? [] : cases.filter((one) => one.unitId === unitId)
    if (firstWeek === undefined || ownCases.length === 0) return []
    const rows: DurationRow[] = []
    for (let week = later(fromWeek, firstWeek); week <= toWeek; week = addDays(week, 7)) {
      const row = judgeDurations({ zone, calendar, finalAfterDays }, unitId, week, ownCases, nowMs)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }

  return async (touched, stopping) => {
    const nowMs = deps.clock()
    const areas: TouchedUnit[] = []
    const units = touchedWeeks.joined(touched.filter(({ scope }) => scope === 'judged'))
    const currentWeek = mondayOf(dateIn(zone, nowMs))
    for (const some of touchedWeeks.inTurn(units, { currentWeek, atOnce: unitsAtOnce })) {
      stopping?.throwIfAborted()
      areas.push(...(await followSome(some, nowMs)))
    }
    await deps.touches.touchUnits(touchedWeeks.joined(areas))
  }
}
