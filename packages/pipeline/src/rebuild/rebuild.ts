import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { PolicyLog } from '../ports/policy-log.ts'
import type { EntityKind, RebuildMark, RebuildStore } from '../ports/rebuild-store.ts'
import type { Touched, TouchedUnit, TouchPublisher } from '../ports/touch-publisher.ts'
import type { UnitFacts } from '../ports/unit-facts.ts'
import { firstDateOfAbsences } from '../score/directory-moves.ts'
import { chunks } from '../score/read-entities.ts'

export interface RebuildConfig {
  readonly zone: string
  readonly policyVersion: string
  /** Begin anew, though an interrupted rebuild could be gone on with. */
  readonly anew?: boolean
}

export interface RebuildDeps {
  readonly store: RebuildStore
  readonly policyLog: Pick<PolicyLog, 'applied'>
  /** Folds into the new tables; what else that moves goes to `touches`. */
  readonly foldInto: (touches: TouchPublisher) => (touched: readonly Touched[]) => Promise<void>
  /** Judges from and into the new tables. */
  readonly judge: (units: readonly TouchedUnit[]) => Promise<void>
  /** Adds up areas, from and into the new tables. */
  readonly judgeAreas: (areas: readonly TouchedUnit[]) => Promise<void>
  /** Of the new tables. */
  readonly facts: Pick<UnitFacts, 'allUnits'>
  /** To the workers that run. */
  readonly touches: TouchPublisher
  readonly clock: () => number
  readonly signal: AbortSignal
  readonly onProgress: (step: RebuildMark['step'], done: number, total: number) => void
}

export interface Rebuilt {
  readonly entities: number
  readonly units: number
  /** Entities that moved meanwhile and were handed to the workers. */
  readonly touched: number
  readonly restated: number
}

/** The tables follow other rules than those of this command: a rebuild would mix them. */
export class RebuildRulesError extends Error {
  readonly code = 'rebuild_rules'
  override readonly name = 'RebuildRulesError'
}

const kinds: readonly EntityKind[] = ['unit', 'coaching', 'complaint', 'day', 'staff']
// One person of a roster stands for up to 400 days.
const pageOf: Readonly<Record<EntityKind, number>> = {
  unit: 1_000,
  coaching: 500,
  complaint: 5_000,
  day: 5_000,
  staff: 50,
}
const unitsAtOnce = 20
const order: readonly RebuildMark['step'][] = [...kinds, 'judge', 'swap', 'swapped']

/**
 * Works out all derived tables anew, from the events alone, beside those that are read, then puts them in their place. The workers go on
 * meanwhile with the old tables; what they did since the beginning is handed to them once more after the swap, so that nothing is lost.
 * A rebuild that was interrupted goes on where it stood. @throws RebuildRulesError
 */
export async function rebuild(config: RebuildConfig, deps: RebuildDeps): Promise<Rebuilt> {
  const { store, touches, signal } = deps
  const { zone, policyVersion } = config
  await checkRules(policyVersion, deps.policyLog)
  const { startedAt, startedAtMs, mark } = await store.begin(policyVersion, config.anew === true)
  const isBehind = (step: RebuildMark['step']) => mark !== undefined && order.indexOf(mark.step) > order.indexOf(step)
  const place = (step: RebuildMark['step']) => (mark?.step === step ? mark : { through: '', done: 0 })

  let moved: string[] = []
  const fold = deps.foldInto({
    touch: async ({ entities }) => {
      for (const entity of entities) moved.push(entity)
    },
    touchUnits: async () => {}, // all units are judged in the end
  })
  let folded = 0
  for (const kind of kinds) {
    if (isBehind(kind)) continue
    const total = await store.countEntities(kind)
    let { through, done } = place(kind)
    for (;;) {
      signal.throwIfAborted()
      const page = await store.entitiesAfter(kind, through, pageOf[kind])
      const last = page.at(-1)
      if (last === undefined) break
      await fold([{ entities: page, revised: [] }])
      // Absences come to exist by the roster alone; what has events of its own is folded with these.
      while (moved.length > 0) {
        const [more, rest] = [moved.slice(0, 5_000), moved.slice(5_000)]
        moved = rest
        const absences = await store.withoutEvents(more)
        if (absences.length > 0) await fold([{ entities: absences, revised: [] }])
        folded += absences.length
      }
      through = last
      done += page.length
      folded += page.length
      await store.setMark({ step: kind, through, done })
      deps.onProgress(kind, done, Math.max(total, done))
    }
  }

  if (!isBehind('judge')) await store.keepAbsencesBefore(firstDateOfAbsences(zone, deps.clock()))
  const units = await deps.facts.allUnits()
  if (!isBehind('judge')) {
    const toWeek = mondayOf(dateIn(zone, deps.clock()))
    const { through } = place('judge')
    // Nothing is after no mark at all: what is no unit's has no name, and comes first.
    const left = through === '' ? units : units.filter((unitId) => unitId > through)
    let done = units.length - left.length
    for (const some of chunks(left, unitsAtOnce)) {
      signal.throwIfAborted()
      await deps.judge(some.map((unitId) => ({ unitId, fromWeek: '1970-01-05', toWeek })))
      done += some.length
      await store.setMark({ step: 'judge', through: some.at(-1) ?? '', done })
      deps.onProgress('judge', done, units.length)
    }
    // Once their units are judged; a unit that nobody is below is passed over soon.
    for (const some of chunks(units)) {
      signal.throwIfAborted()
      await deps.judgeAreas(some.map((unitId) => ({ unitId, fromWeek: '1970-01-05', toWeek, scope: 'area' })))
    }
    await store.keepFrozen()
  }

  if (!isBehind('swap')) {
    signal.throwIfAborted()
    await checkRules(policyVersion, deps.policyLog)
    await store.setMark({ step: 'swap', through: '', done: 0 })
    await store.swap()
    await store.setMark({ step: 'swapped', through: '', done: 0 })
  }
  // Days that ended meanwhile ended in the old tables.
  await store.turnBackClock(addDays(dateIn(zone, startedAtMs), -1))
  let touched = 0
  for (let after = ''; ; ) {
    const page = await store.entitiesSince(startedAt, after, 5_000)
    const last = page.at(-1)
    if (last === undefined) break
    await touches.touch({ entities: page, revised: [] })
    touched += page.length
    after = last
  }
  for (const revised of chunks(await store.revisedSince(startedAt))) await touches.touch({ entities: [], revised })
  const restated = await store.restate()
  await store.end()
  return { entities: folded, units: units.length, touched, restated }
}

async function checkRules(version: string, policyLog: Pick<PolicyLog, 'applied'>): Promise<void> {
  const applied = await policyLog.applied()
  if (applied !== undefined && applied.version !== version)
    throw new RebuildRulesError(
      `the tables follow version ${applied.version} of the rules, and this command has ${version}: start the workers with the same rules and wait until they have applied them`,
    )
}
