import { isoWeekday, isPlainDate } from '@bina/domain/plain-date'
import { parseEntity } from '../fold/entity.ts'
import type { Identity } from '../ports/entity-log.ts'
import type { Touched, TouchedUnit } from '../ports/touch-publisher.ts'

// Entities are many and small: those of one bucket travel in one message. A bucket is a Kafka key, so that each entity
// always meets the same partition, whatever their number.
const buckets = 64

/** FNV-1a over the UTF-16 units: it must spread well and stay as it is, nothing more. */
export function bucketOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at)
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0) % buckets
}

export interface BucketMessage {
  readonly key: string
  readonly value: string
}

function byBucket<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<number, readonly T[]> {
  const map = new Map<number, T[]>()
  for (const item of items) {
    const bucket = bucketOf(nameOf(item))
    const list = map.get(bucket)
    if (list === undefined) map.set(bucket, [item])
    else list.push(item)
  }
  return map
}

// A message stays far below what any broker takes, also where names are as long as the contract allows and few letters are Latin.
const namesAtMost = 1_000
const bytesAtMost = 200_000

function parts<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all: T[][] = []
  let part: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = sizeOf(item)
    if (part.length === 0 || part.length >= namesAtMost || bytes + size > bytesAtMost) {
      part = []
      all.push(part)
      bytes = 0
    }
    part.push(item)
    bytes += size
  }
  return all
}

/** Bytes as JSON with a comma. Of a name three for each letter, more than which only what no name holds would take: they are many, and
 *  writing each of them to measure it takes longer than all else here. */
const sizeOf = (item: unknown): number =>
  typeof item === 'string' ? 3 * item.length + 3 : Buffer.byteLength(JSON.stringify(item)) + 1

/** What a message says, and how much of it nobody can read: entries, or 1 for a message that is nothing at all. */
export interface Understood<T> {
  readonly said: T
  readonly nonsense: number
}

export function encodeTouched(touched: Touched): readonly BucketMessage[] {
  const messages: BucketMessage[] = []
  for (const [bucket, entities] of byBucket(touched.entities, (entity) => entity)) {
    for (const part of parts(entities))
      messages.push({ key: String(bucket), value: JSON.stringify({ entities: part }) })
  }
  // A correction's target is looked up by whoever gets it: any partition will do.
  for (const revised of parts(touched.revised)) messages.push({ key: '0', value: JSON.stringify({ revised }) })
  return messages
}

export function decodeTouched(value: Buffer | null): Understood<Touched> {
  const parsed = jsonOf(value)
  if (!isRecord(parsed) || !('entities' in parsed || 'revised' in parsed))
    return { said: { entities: [], revised: [] }, nonsense: 1 }
  const { entities, revised } = parsed
  const good = {
    entities: understood(
      entities ?? [],
      (entity): entity is string => typeof entity === 'string' && parseEntity(entity) !== undefined,
    ),
    revised: understood(
      revised ?? [],
      (one): one is Identity => isRecord(one) && typeof one.source === 'string' && typeof one.id === 'string',
    ),
  }
  return {
    said: { entities: good.entities.said, revised: good.revised.said },
    nonsense: good.entities.nonsense + good.revised.nonsense,
  }
}

export function encodeTouchedUnits(units: readonly TouchedUnit[]): readonly BucketMessage[] {
  return [...byBucket(units, ({ unitId }) => unitId)].flatMap(([bucket, list]) =>
    parts(list).map((part) => ({ key: String(bucket), value: JSON.stringify(part) })),
  )
}

export function decodeTouchedUnits(value: Buffer | null): Understood<readonly TouchedUnit[]> {
  return understood(
    jsonOf(value),
    (one): one is TouchedUnit =>
      isRecord(one) &&
      typeof one.unitId === 'string' &&
      isMonday(one.fromWeek) &&
      isMonday(one.toWeek) &&
      (one.scope === undefined || one.scope === 'judged' || one.scope === 'area'),
  )
}

// Whoever may write to an internal topic may write nonsense: it is counted and passed over, since a worker that ends at it would end
// for ever.
function understood<T>(list: unknown, isGood: (one: unknown) => one is T): Understood<readonly T[]> {
  if (!Array.isArray(list)) return { said: [], nonsense: 1 }
  const said = list.filter(isGood)
  return { said, nonsense: list.length - said.length }
}

function jsonOf(value: Buffer | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value.toString('utf8'))
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isMonday = (value: unknown): boolean => typeof value === 'string' && isPlainDate(value) && isoWeekday(value) === 1
