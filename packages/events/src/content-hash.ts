import { createHash } from 'node:crypto'
import type { ServiceEvent } from './service-event.ts'

/**
 * The first 64 bits of the SHA-256 of what an event says: parsed attributes and data. Other spacing, key order, content mode,
 * spelling of the same instant, or extension attributes give the same hash; two events under one identity with different hashes
 * are a conflicting duplicate. Hashes are stored: another recipe would make every repeat a conflict.
 */
export function contentHash(event: ServiceEvent): bigint {
  const { source, id, type, subject, occurredAtMs, dataschema, supersedes, data } = event
  const text = canonical([source, id, type, subject, occurredAtMs, dataschema ?? null, supersedes ?? null, data])
  return createHash('sha256').update(text).digest().readBigUInt64BE()
}

/** JSON with the fields of each object in the order of their names. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`
}
