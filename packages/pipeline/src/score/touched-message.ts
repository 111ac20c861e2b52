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

export function encodeTouched(touched: Touched): readonly BucketMessage[] {
  const messages: BucketMessage[] = []
  for (const [bucket, entities] of byBucket(touched.entities, (entity) => entity)) {
    messages.push({ key: String(bucket), value: JSON.stringify({ entities }) })
  }
  // A correction's target is looked up by whoever gets it: any partition will do.
  if (touched.revised.length > 0) messages.push({ key: '0', value: JSON.stringify({ revised: touched.revised }) })
  return messages
}

export function decodeTouched(value: Buffer): Touched {
  const { entities = [], revised = [] } = JSON.parse(value.toString('utf8')) as Partial<Touched>
  return { entities, revised }
}

export function encodeTouchedUnits(units: readonly TouchedUnit[]): readonly BucketMessage[] {
  return [...byBucket(units, ({ unitId }) => unitId)].map(([bucket, list]) => ({
    key: String(bucket),
    value: JSON.stringify(list),
  }))
}

export function decodeTouchedUnits(value: Buffer): readonly TouchedUnit[] {
  return JSON.parse(value.toString('utf8')) as readonly TouchedUnit[]
}
