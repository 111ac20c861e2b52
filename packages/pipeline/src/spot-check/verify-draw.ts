import { rotationFor } from './build-frame.ts'
import type { DrawnSlot } from './draw-slots.ts'
import { drawIdOf, drawOf, type PublishedDraw } from './published-draw.ts'
import { commitmentOf } from './seeded-order.ts'
import { canonicalJson, frameHashOf, staffHashOf } from './spot-check-frame.ts'

export interface Verification {
  /** `committed`: the seed is not out yet, so only the frame could be checked. */
  readonly state: 'agrees' | 'committed' | 'differs'
  /** What is not as it must be, in words. */
  readonly differences: readonly string[]
  /** What could not be checked with what was given. */
  readonly unchecked: readonly string[]
}

/** Recomputes a published draw from its frame and seed alone, and tells what differs. */
export function verifyDraw(
  draw: PublishedDraw,
  given: {
    /** As it was published before the week, by whoever kept it. */
    readonly commitment?: string | undefined
    readonly previous?: PublishedDraw | undefined
    /** Keys by unit id, in the order of the numbers. */
    readonly rosters?: Readonly<Record<string, readonly string[]>> | undefined
  } = {},
): Verification {
  const { frame, revealed } = draw
  const unchecked = [
    ...(given.commitment === undefined
      ? ['that the commitment is the one published before the week: give the one you kept']
      : []),
    ...(given.previous === undefined && frame.rotation.previous !== null
      ? [`that the block goes on from ${frame.rotation.previous.drawId}: give that draw`]
      : []),
    ...(given.rosters === undefined ? ['which persons the numbers stand for: only who holds the rosters can'] : []),
  ]
  const differences = [
    ...frameDifferences(draw),
    ...(given.commitment !== undefined && given.commitment !== draw.commitment
      ? [`the commitment is ${draw.commitment}, and not ${given.commitment}`]
      : []),
    ...(given.previous === undefined ? [] : rotationDifferences(draw, given.previous)),
    ...(given.rosters === undefined ? [] : rosterDifferences(draw, given.rosters)),
    ...(revealed === null ? [] : revealedDifferences(draw, revealed)),
  ]
  const state = differences.length > 0 ? 'differs' : revealed === null ? 'committed' : 'agrees'
  return { state, differences, unchecked }
}

function frameDifferences({ frame, frameHash, commitment, drawId }: PublishedDraw): readonly string[] {
  const hash = frameHashOf(frame)
  const id = drawIdOf(frame.week, commitment)
  return [
    ...(hash === frameHash ? [] : [`the frame's hash is ${hash}, and not ${frameHash}: the frame was changed`]),
    ...(id === drawId ? [] : [`the draw's id must be ${id}, and not ${drawId}`]),
  ]
}

function revealedDifferences(
  { frame, frameHash, commitment }: PublishedDraw,
  { seed, beacon, slots }: NonNullable<PublishedDraw['revealed']>,
): readonly string[] {
  const made = commitmentOf(seed, frameHash)
  const expected = drawOf(frame, seed, beacon).slots
  return [
    ...(made === commitment
      ? []
      : [`the seed does not belong to the commitment: they make ${made}, and not ${commitment}`]),
    ...((frame.beaconFrom === '') === (beacon === null)
      ? []
      : [`a public value was ${beacon === null ? 'announced and is missing' : 'mixed in that was not announced'}`]),
    ...(slots.length === expected.length ? [] : [`there are ${slots.length} checks, and not ${expected.length}`]),
    ...expected.flatMap((slot, at) => slotDifferences(slot, slots[at])),
  ]
}

function slotDifferences(expected: DrawnSlot, stated: DrawnSlot | undefined): readonly string[] {
  if (stated === undefined) return [`slot ${expected.slot} is missing`]
  const fields = Object.keys(expected) as (keyof DrawnSlot)[]
  return fields
    .filter((field) => expected[field] !== stated[field])
    .map((field) => `slot ${expected.slot}: ${field} must be ${expected[field]}, and not ${stated[field]}`)
}

function rotationDifferences({ frame }: PublishedDraw, previous: PublishedDraw): readonly string[] {
  const named = frame.rotation.previous
  if (named?.drawId !== previous.drawId || named.commitment !== previous.commitment) {
    return [`the draw before must be ${named?.drawId ?? 'none'}, and not ${previous.drawId}`]
  }
  if (previous.revealed === null) return [`the draw before, ${previous.drawId}, has not been revealed`]
  const before = verifyDraw(previous)
  if (before.state === 'differs') return before.differences.map((text) => `${previous.drawId}: ${text}`)
  const { block, done } = frame.rotation
  const { seed, beacon } = previous.revealed
  const expected = rotationFor(frame.units, drawOf(previous.frame, seed, beacon).rotation)
  return canonicalJson(expected) === canonicalJson({ block, done })
    ? []
    : [`the block must go on as ${tellBlock(expected)}, and not as ${tellBlock({ block, done })}`]
}

const tellBlock = ({ block, done }: { readonly block: number; readonly done: readonly string[] }) =>
  `block ${block} after ${done.length} units${done.length === 0 ? '' : ` (${done.join(', ')})`}`

function rosterDifferences(
  { frame }: PublishedDraw,
  rosters: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return frame.units.flatMap(({ unitId, staff, staffHash }) => {
    const keys = rosters[unitId] ?? []
    return keys.length === staff && staffHashOf(keys) === staffHash
      ? []
      : [`${unitId}: the roster given is not the one that was drawn from`]
  })
}
