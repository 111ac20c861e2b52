import { isoWeekName } from '@bina/domain/week'
import type { PublishedDraw } from '@bina/pipeline/spot-check/published-draw'
import type { Verification } from '@bina/pipeline/spot-check/verify-draw'

/** What an operator does with a draw. No line holds the seed, a unit that is called, or a person. */
export function tellDraw(
  { drawId, commitment, frame }: PublishedDraw,
  told: {
    readonly stood: boolean
    readonly calls: number
    readonly files: { readonly commitment: string; readonly calls: string; readonly seed: string }
  },
): readonly string[] {
  const { files } = told
  const slots = frame.rotationSlots + frame.freeSlots
  const waits = told.calls === 0
  const left = tellReasons(frame.leftOut.map(({ reason }) => reason))
  return [
    `${drawId}: ${slots} checks in ${isoWeekName(frame.week)}, ${frame.rotationSlots} in rotation (block ${frame.rotation.block}), ${frame.freeSlots} free, from ${frame.units.length} units.`,
    ...(left === '' ? [] : [`Left out: ${left}.`]),
    ...(told.stood ? ['It was drawn before and stands; nothing was drawn again.'] : []),
    `Commitment: ${commitment}`,
    `Publish it now, with ${files.commitment}. Both are for everybody.`,
    waits
      ? `Once ${frame.beaconFrom} is known: npx bina spot-check draw --week ${isoWeekName(frame.week)} --beacon VALUE`
      : `Callers work from ${files.calls}. It names persons' keys, and who has it knows who will be called: for them alone.`,
    `Keep ${files.seed} secret and safe until the week is over, then: npx bina spot-check draw --week ${isoWeekName(frame.week)} --reveal`,
  ]
}

const reasons: Readonly<Record<string, string>> = {
  no_roster: 'without a roster',
  not_open: 'without an hour to call',
  no_caller: 'with callers of their own line alone',
}

function tellReasons(found: readonly string[]): string {
  return Object.entries(reasons)
    .map(([reason, words]) => ({ words, count: found.filter((one) => one === reason).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => `${count} ${words}`)
    .join(', ')
}

export function tellVerification(
  draw: PublishedDraw,
  { state, differences, unchecked }: Verification,
): readonly string[] {
  const week = isoWeekName(draw.frame.week)
  const heading = {
    agrees: `${draw.drawId} (${week}): recomputed, all ${draw.revealed?.slots.length ?? 0} checks agree.`,
    committed: `${draw.drawId} (${week}): the frame agrees with its hash; the seed is not out yet.`,
    differs: `${draw.drawId} (${week}): ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}.`,
  }[state]
  return [heading, ...differences.map((text) => `  ${text}`), ...unchecked.map((text) => `  not checked: ${text}`)]
}
