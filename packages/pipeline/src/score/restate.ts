import { addDays } from '@bina/domain/plain-date'
import { cutOffMs } from '@bina/domain/week'
import { policyCause } from '../policy/policy-cause.ts'
import type { Arrival, FinalScores, IssuedScore, ScoreName, StandingScore } from '../ports/final-scores.ts'
import type { ScoreRow } from '../ports/judged-store.ts'
import type { PolicyLog } from '../ports/policy-log.ts'
import { factCause } from './fact-cause.ts'

export interface RestateConfig {
  readonly zone: string
  readonly policyVersion: string
  /** Every version of the rules up to this one, the first first. */
  readonly history: readonly string[]
}

export interface RestateDeps {
  readonly finalScores: FinalScores
  readonly policyLog: Pick<PolicyLog, 'changes'>
}

/** All scores of these units and weeks as they were judged just now. */
export interface JudgedScores {
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
  readonly scores: readonly ScoreRow[]
  readonly readAt: string
  readonly nowMs: number
}

/** To be called before the judgement is written; what it answers with, once that is done. */
export type Restate = (judged: JudgedScores) => Promise<SayMoves>

/** Lists the final scores that have moved. A judgement of the same facts that comes again says the same. */
export type SayMoves = () => Promise<void>

export const finalAfterDays = 14
const listedFromPoints = 2
// History that is taken in comes in pieces: what was never shown as provisional stands once it has been quiet for so long.
const quietMs = 30_000

/**
 * Keeps what stood as final, and a row for each time that it moves by 2 points or more, or is hidden or shown (a unit that the directory
 * no longer knows counts as hidden). Compared with what was said last, so that slow drift is listed as well, and the same judgement said
 * twice adds nothing. What stands as final for the first time is kept before the judgement is written, since that forgets what was shown
 * as provisional. Why a score moved is looked up afterwards, so that nobody waits for it.
 */
export function createRestate(config: RestateConfig, deps: RestateDeps): Restate {
  const { finalScores, policyLog } = deps

  const causesOf = async (moved: readonly Moved[]): Promise<readonly string[]> => {
    const changes = moved.some(({ before }) => before.policyVersion !== config.policyVersion)
      ? await policyLog.changes()
      : []
    const known = moved.map(({ before, row }) => {
      if (row === undefined) return undefined
      const versions = { week: before.week, oldVersion: before.policyVersion, newVersion: config.policyVersion }
      return policyCause(versions, changes, config.history)
    })
    const asked = new Map<string, string>()
    for (const [at, { before }] of moved.entries()) {
      const since = asked.get(before.unitId)
      if (known[at] === undefined && (since === undefined || before.at < since)) asked.set(before.unitId, before.at)
    }
    const arrivals = new Map([...asked.keys()].map((unitId): [string, Arrival[]] => [unitId, []]))
    if (asked.size > 0)
      for (const arrival of await finalScores.arrivals(asked)) arrivals.get(arrival.unitId)?.push(arrival)
    return moved.map(
      ({ before: { score, week, at: since, unitId }, row }, at) =>
        known[at] ?? factCause({ score, week, since, isGone: row === undefined }, arrivals.get(unitId) ?? []),
    )
  }

  return async ({ unitIds, fromWeek, toWeek, scores, readAt, nowMs }) => {
    if (nowMs < cutOffMs(config.zone, addDays(fromWeek, finalAfterDays))) return nothingMoved
    const finals = scores.filter(({ status }) => status === 'final')
    const standing = new Map(
      (await finalScores.standing(unitIds, fromWeek, toWeek)).map((one) => [nameOf(one), one] as const),
    )
    const fresh = finals.filter((row) => !standing.has(nameOf(row)))
    const shown = new Set(
      fresh.length === 0 ? [] : (await finalScores.provisional(unitIds, fromWeek, toWeek)).map(nameOf),
    )
    const said = { policyVersion: config.policyVersion, at: readAt }
    const first = { ...said, issue: 0, oldValue: null, cause: '' }
    const issued: IssuedScore[] = fresh.map(({ unitId, week, score, value }) => ({
      ...first,
      unitId,
      week,
      score,
      value,
      settling: !shown.has(nameOf({ unitId, week, score })),
    }))
    const judged = new Map(finals.map((row) => [nameOf(row), row]))
    const moved: Moved[] = []
    for (const [name, before] of standing) {
      const row = judged.get(name)
      const value = row?.value ?? null
      // A judgement from older facts than those that were spoken of says nothing.
      if (before.at >= readAt || !hasMoved(before.value, value)) continue
      if (before.settling && millisecondsBetween(before.at, readAt) < quietMs)
        issued.push({ ...before, ...first, value })
      else moved.push({ before, row })
    }
    await finalScores.issue(issued)
    if (moved.length === 0) return nothingMoved
    return async () => {
      const causes = await causesOf(moved)
      await finalScores.issue(
        moved.map(({ before, row }, at) => ({
          ...before,
          ...said,
          issue: before.issue + 1,
          oldValue: before.value,
          value: row?.value ?? null,
          cause: causes[at] ?? 'late event',
          settling: false,
        })),
      )
    }
  }
}

const nothingMoved: SayMoves = async () => {}

interface Moved {
  readonly before: StandingScore
  /** Absent: the unit is no longer scored for this week. */
  readonly row: ScoreRow | undefined
}

const nameOf = ({ unitId, week, score }: ScoreName) => `${unitId}|${week}|${score}`

// Values are kept to four decimals; their difference is told to as many.
const hasMoved = (before: number | null, now: number | null): boolean =>
  before === null || now === null ? before !== now : Math.round(Math.abs(now - before) * 1e4) >= listedFromPoints * 1e4

const millisecondsBetween = (a: string, b: string) => instantOf(b) - instantOf(a)
const instantOf = (serverTime: string) => Date.parse(`${serverTime.slice(0, 23).replace(' ', 'T')}Z`)
