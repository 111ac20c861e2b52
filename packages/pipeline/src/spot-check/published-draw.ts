import { isoWeekName } from '@bina/domain/week'
import { z } from 'zod'
import { type DrawnWeek, drawSlots } from './draw-slots.ts'
import { commitmentOf, drawKey, SEED } from './seeded-order.ts'
import { frameHashOf, type SpotCheckFrame, spotCheckFrameSchema } from './spot-check-frame.ts'

const slotSchema = z.strictObject({
  slot: z.int(),
  kind: z.enum(['rotation', 'free']),
  block: z.int().nullable(),
  unitId: z.string(),
  personNumber: z.int(),
  date: z.string(),
  minuteOfDay: z.int(),
  callerUnitId: z.string().nullable(),
  unitProbability: z.number(),
  inclusionProbability: z.number(),
})

/** What is published: before the week without its seed, after it with. It names units and no person. */
export const publishedDrawSchema = z.strictObject({
  kind: z.literal('bina.spot-check-draw'),
  drawId: z.string(),
  committedAt: z.string(),
  commitment: z.string(),
  frameHash: z.string(),
  frame: spotCheckFrameSchema,
  revealed: z
    .strictObject({
      seed: z.string().regex(SEED, 'expected 64 hex digits'),
      beacon: z.string().nullable(),
      slots: z.array(slotSchema),
    })
    .nullable(),
})

export type PublishedDraw = z.infer<typeof publishedDrawSchema>

export function publishDraw(frame: SpotCheckFrame, seed: string, committedAt: string): PublishedDraw {
  const frameHash = frameHashOf(frame)
  const commitment = commitmentOf(seed, frameHash)
  const drawId = drawIdOf(frame.week, commitment)
  return { kind: 'bina.spot-check-draw', drawId, committedAt, commitment, frameHash, frame, revealed: null }
}

export function revealDraw(draw: PublishedDraw, seed: string, beacon: string | null): PublishedDraw {
  const { slots } = drawOf(draw.frame, seed, beacon)
  return { ...draw, revealed: { seed, beacon, slots: [...slots] } }
}

export function drawOf(frame: SpotCheckFrame, seed: string, beacon: string | null): DrawnWeek {
  return drawSlots(frame, drawKey(seed, beacon ?? undefined))
}

/** Also the drawId of the events of its checks. */
export function drawIdOf(week: string, commitment: string): string {
  return `spot-check-${isoWeekName(week)}-${commitment.slice(0, 8)}`
}

/** The part of the callers' list that says which person a number means; never published. */
export const callListSchema = z.looseObject({ rosters: z.record(z.string(), z.array(z.string())) })
