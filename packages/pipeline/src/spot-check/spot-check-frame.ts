import { createHash } from 'node:crypto'
import { isPlainDate } from '@bina/domain/plain-date'
import { z } from 'zod'

const date = z.string().refine(isPlainDate, 'expected a date')
const unitId = z.string().min(1).max(64)
const minute = z.int().min(0).max(1_440)

const frameUnit = z.strictObject({
  unitId,
  unitType: z.string().min(1),
  /** The kecamatan that it lies in or is; empty for a unit outside of them. With the type it is the stratum. */
  kecamatanId: z.string(),
  /** Itself and its superiors, the city left out: who shares one of these does not call it. */
  line: z.array(unitId).min(1),
  profile: z.string(),
  /** People on the roster; they are numbered from 1 in the order of their keys. */
  staff: z.int().min(1),
  /** SHA-256 of the keys in that order, a line feed after each: binds the roster without naming anybody. */
  staffHash: z.string().regex(/^[0-9a-f]{64}$/),
})

/** All that a draw rests on besides the seed; published before, so that nobody can fit it to a wanted result. */
export const spotCheckFrameSchema = z.strictObject({
  format: z.literal(1),
  week: date,
  zone: z.string(),
  policyVersion: z.string(),
  capacityPerDay: z.int().min(1),
  rotationSlots: z.int().min(0),
  freeSlots: z.int().min(0),
  typeWeights: z.record(z.string(), z.number().positive()),
  apartMinutes: z.int().min(0),
  /** By profile and date: minutes of the day at which a call may begin, the second of each pair no longer. */
  hours: z.record(z.string(), z.record(z.string(), z.array(z.tuple([minute, minute])))),
  units: z.array(frameUnit),
  leftOut: z.array(z.strictObject({ unitId, reason: z.enum(['no_roster', 'not_open', 'no_caller']) })),
  callers: z.array(z.strictObject({ unitId, line: z.array(unitId).min(1) })),
  rotation: z.strictObject({
    /** Counted from 1. In a block each unit is called once. */
    block: z.int().min(1),
    /** Units that have had their turn in this block. */
    done: z.array(unitId),
    /** The draw that left it so; null for the first of all. */
    previous: z.strictObject({ drawId: z.string(), commitment: z.string() }).nullable(),
  }),
  /** A public value that will be known only later and is mixed in, in words; empty when none is. */
  beaconFrom: z.string(),
})

export type SpotCheckFrame = z.infer<typeof spotCheckFrameSchema>
export type FrameUnit = SpotCheckFrame['units'][number]
export type Caller = SpotCheckFrame['callers'][number]

/** SHA-256 in hex of the frame as JSON with sorted keys and no spaces, so that everybody gets the same. */
export function frameHashOf(frame: SpotCheckFrame): string {
  return sha256(canonicalJson(frame))
}

/** Of a roster's keys, sorted. */
export function staffHashOf(keys: readonly string[]): string {
  return sha256(keys.map((key) => `${key}\n`).join(''))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
}
