import { createEntityLog } from '@bina/clickhouse/entity-log'
import { writeSpotCheckDraw } from '@bina/clickhouse/spot-check-draws'
import { createWorkCalendar } from '@bina/domain/calendar'
import { addDays } from '@bina/domain/plain-date'
import { spotCheckRulesOn } from '@bina/domain/spot-check-rules'
import { cutOffMs, isoWeekName, mondayOf, parseWeek } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { buildFrame } from '@bina/pipeline/spot-check/build-frame'
import { readCityRoster } from '@bina/pipeline/spot-check/city-roster'
import { type PublishedDraw, publishDraw, revealDraw } from '@bina/pipeline/spot-check/published-draw'
import { verifyDraw } from '@bina/pipeline/spot-check/verify-draw'
import { loadPolicy } from '@bina/runtime/load-policy'
import { loadSpotCheckPolicy } from '@bina/runtime/load-practice'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { type Servers, withServers } from '../servers.ts'
import { callListOf } from '../spot-check/call-list.ts'
import { type DrawFiles, drawFiles, readCallList, readDraw, readSeed, writeWhole } from '../spot-check/draw-files.ts'
import { tellDraw, tellVerification } from '../spot-check/tell-draw.ts'
import { dataDirOf } from '../variables.ts'

export interface DrawOptions {
  readonly week?: string
  readonly capacity?: number
  readonly caller?: readonly string[]
  readonly seedFile?: string
  readonly beaconFrom?: string
  readonly beacon?: string
  readonly reveal?: boolean
}

/**
 * Draws a week's random checks and says what to publish before it; a draw that stands is never drawn again, since whoever may draw
 * twice may choose. With `reveal` gives out the seed, once the week is over.
 */
export async function spotCheckDraw(context: CommandContext, options: DrawOptions, nowMs = Date.now()): Promise<void> {
  await withServers(context.env, async (servers) => {
    const thisWeek = mondayOf(dateIn(servers.zone, nowMs))
    const week =
      options.week === undefined ? addDays(thisWeek, options.reveal === true ? -7 : 7) : parseWeek(options.week)
    const files = drawFiles(dataDirOf(context.env), week)
    if (options.reveal === true) return reveal(context, servers, { options, week, files, nowMs })
    const standing = readDraw(files.commitment)
    const draw = standing ?? (await commit(servers, { options, week, files, nowMs }))
    const list = giveBeacon(options, draw, files)
    await keep(servers, draw)
    const paths = { commitment: files.commitment, calls: files.calls, seed: options.seedFile ?? files.seed }
    const stood = standing !== undefined
    for (const line of tellDraw(draw, { stood, calls: list.calls.length, files: paths })) context.say(line)
    const { drawId, commitment, frameHash } = draw
    // Neither the seed nor whom it calls: what `--json` prints ends up in logs.
    context.answer({ drawId, week, commitment, frameHash, stood, calls: list.calls.length, files: paths })
  })
}

/** Recomputes a published draw and says what differs. Needs no server, no policy and nothing that is secret. */
export async function spotCheckVerify(
  context: CommandContext,
  file: string,
  given: { readonly previous?: string; readonly commitment?: string; readonly calls?: string },
): Promise<void> {
  const draw = mustRead(file)
  const calls = given.calls === undefined ? undefined : readCallList(given.calls)
  if (given.calls !== undefined && calls === undefined) throw new CommandError(`There is no file ${given.calls}.`)
  const result = verifyDraw(draw, {
    commitment: given.commitment?.trim().toLowerCase(),
    previous: given.previous === undefined ? undefined : mustRead(given.previous),
    rosters: calls?.rosters,
  })
  for (const line of tellVerification(draw, result)) context.say(line)
  context.answer({ drawId: draw.drawId, ...result })
  if (result.state === 'differs') throw new CommandError(`${file} is not the draw that its seed and frame give.`)
}

interface Work {
  readonly options: DrawOptions
  readonly week: string
  readonly files: DrawFiles
  readonly nowMs: number
}

async function commit(servers: Servers, { options, week, files, nowMs }: Work): Promise<PublishedDraw> {
  const tomorrow = addDays(dateIn(servers.zone, nowMs), 1)
  if (tomorrow > addDays(week, 6)) {
    const name = isoWeekName(week)
    throw new CommandError(`${name} has no day left to draw: a draw is published before its checks are made.`, 2)
  }
  const policy = await loadPolicy(servers.config.BINA_POLICY_DIR)
  const spotChecks = await loadSpotCheckPolicy(servers.config.BINA_POLICY_DIR)
  const units = await readCityRoster(createEntityLog(servers.clickhouse), week)
  const callerUnitIds = options.caller ?? []
  const unknown = callerUnitIds.filter((caller) => !units.some(({ unitId }) => unitId === caller))
  if (unknown.length > 0) throw new CommandError(`The directory does not know ${unknown.join(', ')}.`, 2)
  const frame = buildFrame(
    {
      week,
      fromDate: tomorrow > week ? tomorrow : week,
      zone: servers.zone,
      cityProfile: servers.config.BINA_CITY_PROFILE,
      policyVersion: policy.version,
      rules: spotCheckRulesOn(spotChecks, week),
      capacityPerDay: options.capacity,
      callerUnitIds,
      beaconFrom: options.beaconFrom ?? '',
      previous: files.previous(),
    },
    { units, calendar: createWorkCalendar({ zone: servers.zone, policy: policy.calendar }) },
  )
  if (frame.rotationSlots + frame.freeSlots === 0) {
    throw new CommandError(
      frame.units.length === 0
        ? 'No unit can be drawn: the directory names none with a roster. Publish bina.directory.unit.v1 and bina.directory.staff.v1 first.'
        : `${isoWeekName(week)} has no working day left.`,
    )
  }
  const seed = readSeed(options.seedFile ?? files.seed, { make: true })
  const draw = publishDraw(frame, seed, new Date(nowMs).toISOString())
  const drawn = new Set(frame.units.map(({ unitId }) => unitId))
  const rosters = Object.fromEntries(
    units.filter(({ unitId }) => drawn.has(unitId)).map(({ unitId, staffKeys }) => [unitId, staffKeys.toSorted()]),
  )
  const list =
    frame.beaconFrom === ''
      ? callListOf(draw, seed, null, rosters)
      : { drawId: draw.drawId, beacon: null, rosters, calls: [], rotation: null }
  writeWhole(files.calls, `${JSON.stringify(list, null, 1)}\n`, 0o600)
  // Last: from here on the draw stands.
  writeWhole(files.commitment, `${JSON.stringify(draw, null, 1)}\n`, 0o644)
  return draw
}

/** The list of calls; made now where the public value that it waited for is given. */
function giveBeacon(options: DrawOptions, draw: PublishedDraw, files: DrawFiles) {
  const list = readCallList(files.calls)
  if (list === undefined || list.drawId !== draw.drawId) {
    throw new CommandError(`The list of calls of ${draw.drawId} is not in ${files.calls}. Put it back from your copy.`)
  }
  if (options.beacon === undefined || options.beacon === list.beacon) return list
  if (draw.frame.beaconFrom === '') {
    throw new CommandError('This draw announced no public value (--beacon-from), so none can be mixed in.', 2)
  }
  if (list.rotation !== null) {
    throw new CommandError(`${draw.drawId} is drawn already, with another public value.`, 2)
  }
  const seed = readSeed(options.seedFile ?? files.seed, { make: false })
  const drawn = callListOf(draw, seed, options.beacon, list.rosters)
  writeWhole(files.calls, `${JSON.stringify(drawn, null, 1)}\n`, 0o600)
  return drawn
}

async function reveal(context: CommandContext, servers: Servers, { options, week, files, nowMs }: Work): Promise<void> {
  const committed = readDraw(files.commitment)
  if (committed === undefined)
    throw new CommandError(`${isoWeekName(week)} has no draw: ${files.commitment} is missing.`)
  if (nowMs < cutOffMs(servers.zone, week)) {
    throw new CommandError(`${isoWeekName(week)} is not over: its seed would tell who is still to be called.`, 2)
  }
  const seed = readSeed(options.seedFile ?? files.seed, { make: false })
  const list = readCallList(files.calls)
  if (committed.frame.beaconFrom !== '' && (list?.beacon ?? null) === null) {
    throw new CommandError(`${committed.drawId} was never drawn: its public value was not given (--beacon).`)
  }
  const draw = revealDraw(committed, seed, list?.beacon ?? null)
  const check = verifyDraw(draw)
  if (check.state === 'differs') throw new CommandError(`The seed does not fit: ${check.differences.join('; ')}.`)
  writeWhole(files.revealed, `${JSON.stringify(draw, null, 1)}\n`, 0o644)
  await keep(servers, draw)
  context.say(`${draw.drawId}: seed ${seed}`)
  context.say(`Publish ${files.revealed}: whoever has it can recompute the draw with`)
  context.say(`  npx bina spot-check verify ${files.revealed} --commitment ${draw.commitment}`)
  context.answer({ drawId: draw.drawId, week, seed, commitment: draw.commitment, files: { revealed: files.revealed } })
}

async function keep({ clickhouse }: Servers, draw: PublishedDraw): Promise<void> {
  const { frame, drawId, commitment, frameHash, committedAt, revealed } = draw
  await writeSpotCheckDraw(clickhouse, {
    ...{ drawId, week: frame.week, commitment, frameHash, committedAt },
    block: frame.rotation.block,
    units: frame.units.length,
    slots: frame.rotationSlots + frame.freeSlots,
    seed: revealed?.seed ?? '',
    published: JSON.stringify(draw),
  })
}

function mustRead(file: string): PublishedDraw {
  const draw = readDraw(file)
  if (draw === undefined) throw new CommandError(`There is no file ${file}.`)
  return draw
}
