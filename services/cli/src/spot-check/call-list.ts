import { instantOf } from '@bina/domain/zone'
import { drawOf, type PublishedDraw } from '@bina/pipeline/spot-check/published-draw'
import type { CallList } from './draw-files.ts'

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/**
 * What the callers need, in the order of the clock: whom to call when, and what goes into the event of the check. With the rosters, so
 * that an auditor who may see them can tell that the persons are those drawn, and with the rotation, for the next week.
 */
export function callListOf(
  draw: PublishedDraw,
  seed: string,
  beacon: string | null,
  rosters: CallList['rosters'],
): CallList {
  const { frame, drawId } = draw
  const { slots, rotation } = drawOf(frame, seed, beacon)
  const calls = slots
    .map(({ slot, kind, unitId, personNumber, date, minuteOfDay, callerUnitId, inclusionProbability }) => ({
      checkId: `${drawId}-${slot}`,
      date,
      time: clock(minuteOfDay),
      at: new Date(instantOf(frame.zone, date, minuteOfDay)).toISOString(),
      unitId,
      personKey: rosters[unitId]?.[personNumber - 1] ?? '',
      callerUnitId,
      kind,
      drawId,
      inclusionProbability,
    }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.checkId < b.checkId ? -1 : 1))
  return { drawId, beacon, rosters, calls, rotation: { block: rotation.block, done: [...rotation.done] } }
}
