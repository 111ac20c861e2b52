import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { EntityLog, EntityPage } from '../ports/entity-log.ts'
import type { PolicyLog } from '../ports/policy-log.ts'
import type { EntityKind, RebuildHold, RebuildMark, RebuildStore } from '../ports/rebuild-store.ts'
import type { Touched, TouchedUnit, TouchPublisher } from '../ports/touch-publisher.ts'
import type { UnitFacts } from '../ports/unit-facts.ts'
import { firstDateOfAbsences } from '../score/directory-moves.ts'
import { chunks } from '../score/read-entities.ts'
import { inOrder } from './in-order.ts'
import { logOfPage } from './log-of-page.ts'
import { RebuildError } from './rebuild-error.ts'

export interface RebuildConfig {
  readonly zone: string
  readonly policyVersion: string
  /** Begin anew, though an interrupted rebuild could be gone on with. */
  readonly anew?: boolean
}

export interface RebuildDeps {
  readonly store: RebuildStore
  readonly policyLog: Pick<PolicyLog, 'applied'>
  readonly log: EntityLog
  /** Folds what a log says into the new tables; what else that moves goes to `touches`. */
  readonly foldInto: (log: EntityLog, touches: TouchPublisher) => (touched: readonly Touched[]) => Promise<void>
  /** Judges from and into the new tables. */
  readonly judge: (units: readonly TouchedUnit[]) => Promise<void>
  /** Adds up areas, from and into the new tables. */
  readonly judgeAreas: (areas: readonly TouchedUnit[]) => Promise<void>
  /** The areas that units count in, of the new tables: the few that anybody is below. */
  readonly areasOf: (unitIds: readonly string[]) => Promise<readonly string[]>
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

const kinds: readonly EntityKind[] = ['unit', 'coaching', 'complaint', 'day', 'staff']
// Events of a page. One person of a roster stands for up to 400 days.
const pageOf: Readonly<Record<EntityKind, number>> = {
  unit: 1_000,
  coaching: 2_000,
  complaint: 10_000,
  day: 10_000,
  staff: 50,
}
const absencesAtOnce = 5_000
const unitsAtOnce = 20
// One is read while another is folded and a third one written: neither this process nor the server waits for the other.
const pagesAtOnce = 3
const judgedAtOnce = 2
const areasAtOnce = 100
const order: readonly RebuildMark['step'][] = [...kinds, 'judge', 'swap', 'swapped']

/**
 * Works out all derived tables anew, from the events alone, beside those that are read, then puts them in their place. The workers go on
 * meanwhile with the old tables; what they did since the beginning is handed to them once more after the swap, so that nothing is lost.
 * A rebuild that was interrupted goes on where it stood; while one is at work no other begins. @throws RebuildError
 */
export async function rebuild(config: RebuildConfig, deps: RebuildDeps): Promise<Rebuilt> {
  const hold = await deps.store.hold()
  if ('heardSecondsAgo' in hold)
    throw new RebuildError(
      'rebuild_runs',
      `Another rebuild of these tables is at work, heard of ${hold.heardSecondsAgo} s ago; two at once would undo each other's work. Wait until it has ended. Was it killed, it counts as ended after a minute of silence: then go on where it stood with: npx bina score rebuild`,
    )
  try {
    return await rebuildHeld(config, deps, hold)
  } finally {
    await hold.release()
  }
}

async function rebuildHeld(config: RebuildConfig, deps: RebuildDeps, hold: RebuildHold): Promise<Rebuilt> {
  const { store } = deps
  const { zone, policyVersion } = config
  await checkRules(policyVersion, deps.policyLog)
  const { startedAt, startedAtMs, mark } = await store.begin(policyVersion, config.anew === true)
  const isBehind = (step: RebuildMark['step']) => mark !== undefined && order.indexOf(mark.step) > order.indexOf(step)
  const place = (step: RebuildMark['step']) => (mark?.step === step ? mark : { through: '', done: 0 })
  const checkGoingOn = () => {
    deps.signal.throwIfAborted()
    if (hold.isLost())
      throw new RebuildError(
        'rebuild_runs',
        'This rebuild was not heard of for a minute, and another one has taken its place. Leave the tables to that one, and look after it instead.',
      )
  }

  let folded = 0
  const foldPage = async (page: EntityPage) => {
    let moved: string[] = []
    const fold = (entities: readonly string[], withoutEvents: readonly string[] = []) =>
      deps.foldInto(logOfPage(deps.log, page, { readAt: startedAt, withoutEvents }), {
        touch: async (touched) => {
          for (const entity of touched.entities) moved.push(entity)
        },
        touchUnits: async () => {}, // all units are judged in the end
      })([{ entities, revised: [] }])
    await fold(page.entities)
    folded += page.entities.length
    // Absences come to exist by the roster alone; what has events of its own is folded with these.
    while (moved.length > 0) {
      const [more, rest] = [moved.slice(0, absencesAtOnce), moved.slice(absencesAtOnce)]
      moved = rest
      const absences = await store.withoutEvents(more)
      if (absences.length > 0) await fold(absences, absences)
      folded += absences.length
    }
  }
  const pagesOf = async function* (kind: EntityKind, after: string) {
    for (let through = after; ; ) {
      checkGoingOn()
      const page = await store.pageAfter(kind, through, pageOf[kind])
      if (page === undefined) return
      through = page.entities.at(-1) ?? through
      yield page
    }
  }
  for (const kind of kinds) {
    if (isBehind(kind)) continue
    const total = await store.countEntities(kind)
    let { through, done } = place(kind)
    await inOrder(pagesOf(kind, through), pagesAtOnce, foldPage, async ({ entities }) => {
      through = entities.at(-1) ?? through
      done += entities.length
      await store.setMark({ step: kind, through, done })
      deps.onProgress(kind, done, Math.max(total, done))
    })
  }

  if (!isBehind('judge')) await store.keepAbsencesBefore(firstDateOfAbsences(zone, deps.clock()))
  const units = await deps.facts.allUnits()
  if (!isBehind('judge')) {
    const toWeek = mondayOf(dateIn(zone, deps.clock()))
    const { through } = place('judge')
    // Nothing is after no mark at all: what is no unit's has no name, and comes first.
    const left = through === '' ? units : units.filter((unitId) => unitId > through)
    let done = units.length - left.length
    const judge = (some: readonly string[]) => {
      checkGoingOn()
      return deps.judge(some.map((unitId) => ({ unitId, fromWeek: '1970-01-05', toWeek })))
    }
    await inOrder(chunks(left, unitsAtOnce), judgedAtOnce, judge, async (some) => {
      done += some.length
      await store.setMark({ step: 'judge', through: some.at(-1) ?? '', done })
      deps.onProgress('judge', done, units.length)
    })
    // Once their units are judged.
    const areas = new Set<string>()
    for (const some of chunks(units)) for (const area of await deps.areasOf(some)) areas.add(area)
    for (const some of chunks([...areas], areasAtOnce)) {
      checkGoingOn()
      await deps.judgeAreas(some.map((unitId) => ({ unitId, fromWeek: '1970-01-05', toWeek, scope: 'area' })))
    }
    await store.keepFrozen()
  }

  if (!isBehind('swap')) {
    checkGoingOn()
    await checkRules(policyVersion, deps.policyLog)
    await store.setMark({ step: 'swap', through: '', done: 0 })
    await store.swap()
    await store.setMark({ step: 'swapped', through: '', done: 0 })
  }
  // Days that ended meanwhile ended in the old tables.
  await store.turnBackClock(addDays(dateIn(zone, startedAtMs), -1))
  const touched = await touchSince(startedAt, deps)
  const restated = await store.restate()
  await store.end()
  return { entities: folded, units: units.length, touched, restated }
}

/** Hands what came in since an instant to the workers. */
async function touchSince(
  startedAt: string,
  { store, touches }: Pick<RebuildDeps, 'store' | 'touches'>,
): Promise<number> {
  await store.listSince(startedAt)
  let touched = 0
  for (let after = ''; ; ) {
    const page = await store.listedAfter(after, 5_000)
    const last = page.at(-1)
    if (last === undefined) break
    await touches.touch({ entities: page, revised: [] })
    touched += page.length
    after = last
  }
  for (const revised of chunks(await store.revisedSince(startedAt))) await touches.touch({ entities: [], revised })
  return touched
}

async function checkRules(version: string, policyLog: Pick<PolicyLog, 'applied'>): Promise<void> {
  const applied = await policyLog.applied()
  if (applied !== undefined && applied.version !== version)
    throw new RebuildError(
      'rebuild_rules',
      `The tables follow version ${applied.version} of the rules, and this command has ${version}: start the workers with the same rules and wait until they have applied them.`,
    )
}
