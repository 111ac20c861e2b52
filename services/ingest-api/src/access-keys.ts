import { createHash, timingSafeEqual } from 'node:crypto'
import { envelopeSchema } from '@bina/events/envelope'
import { type EventType, eventTypes } from '@bina/events/event-data'
import type { ServiceEvent } from '@bina/events/service-event'
import { z } from 'zod'

/** Who may publish what. The key itself is nowhere: only its SHA-256, which is as good as the key is long and random. */
export interface AccessKey {
  /** Names the key in logs. */
  readonly id: string
  readonly digest: Buffer
  readonly source: string
  readonly types: ReadonlySet<EventType>
}

/** `bina.attendance.recorded.v1`, or all of a kind: `bina.attendance.*`, `bina.*`. */
function typesNamed(pattern: string): readonly EventType[] {
  if (!pattern.endsWith('.*')) return eventTypes.filter((type) => type === pattern)
  return eventTypes.filter((type) => type.startsWith(pattern.slice(0, -1)))
}

const typePattern = z
  .string({ error: 'an event type, or a beginning of some with .* after it' })
  .refine((pattern) => typesNamed(pattern).length > 0, {
    error: 'a type of the contract, or bina.attendance.* and the like',
  })

const keySchema = z.strictObject({
  id: z.string({ error: 'a name for logs' }).regex(/^[A-Za-z0-9._-]{1,64}$/, { error: '1 to 64 of A-Z a-z 0-9 . _ -' }),
  sha256: z
    .string({ error: "the key's SHA-256" })
    .regex(/^[0-9a-fA-F]{64}$/, { error: "64 hex digits: the key's SHA-256" }),
  source: envelopeSchema.shape.source,
  types: z.array(typePattern, { error: 'a list of event types' }).min(1, { error: 'at least one type' }),
})

const keysSchema = z
  .array(keySchema, { error: 'a JSON array of keys' })
  .min(1, { error: 'at least one key' })
  .refine((keys) => new Set(keys.map((key) => key.id)).size === keys.length, { error: 'keys of different ids' })
  .refine((keys) => new Set(keys.map((key) => key.sha256.toLowerCase())).size === keys.length, {
    error: 'every key once: two have the same sha256, so that the source would be open',
  })

/** JSON text to keys, or every problem in words. No hash is repeated in them. */
export function parseAccessKeys(
  text: string,
): { readonly keys: readonly AccessKey[] } | { readonly problems: readonly string[] } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { problems: ['expected a JSON array of keys'] }
  }
  const parsed = keysSchema.safeParse(json)
  if (!parsed.success) {
    return { problems: parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: expected ${message}`) }
  }
  const keys = parsed.data.map(({ id, sha256, source, types }) => ({
    id,
    digest: Buffer.from(sha256, 'hex'),
    source,
    types: new Set(types.flatMap(typesNamed)),
  }))
  return { keys }
}

export type FindKey = (presented: string) => AccessKey | undefined

/** Compares with every key, each in constant time, so that neither a near miss nor a key's place in the list can be timed. */
export function createKeyFinder(keys: readonly AccessKey[]): FindKey {
  return (presented) => {
    const digest = createHash('sha256').update(presented).digest()
    let found: AccessKey | undefined
    for (const key of keys) if (timingSafeEqual(key.digest, digest)) found = key
    return found
  }
}

/** Why a key may not publish an event; undefined when it may. */
export function refusalOf(
  key: AccessKey,
  event: Pick<ServiceEvent, 'source' | 'type'>,
): 'source_not_allowed' | 'type_not_allowed' | undefined {
  if (event.source !== key.source) return 'source_not_allowed'
  return key.types.has(event.type) ? undefined : 'type_not_allowed'
}
