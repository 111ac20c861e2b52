import { hash } from 'node:crypto'
import type { ServiceEvent } from './service-event.ts'

/**
 * The first 64 bits of the SHA-256 of what an event says: parsed attributes and data. Other spacing, key order, content mode,
 * spelling of the same instant, or extension attributes give the same hash; two events under one identity with different hashes
 * are a conflicting duplicate. Hashes are stored: another recipe would make every repeat a conflict.
 */
export function contentHash(event: ServiceEvent): bigint {
  const { source, id, type, subject, occurredAtMs, dataschema, supersedes, data } = event
  const said = [source, id, type, subject, occurredAtMs, dataschema ?? null, supersedes ?? null, inOrder(data)]
  return hashOfText(JSON.stringify(said))
}

/** Of the JSON text of what an event says. */
export function hashOfText(said: string): bigint {
  // One letter for each byte: shorter than hexadecimal, and cheaper than a buffer of its own.
  const digest = hash('sha256', said, 'binary')
  for (let at = 0; at < 8; at++) firstBits.setUint8(at, digest.charCodeAt(at))
  return firstBits.getBigUint64(0)
}

const firstBits = new DataView(new ArrayBuffer(8))

/** Names and values in turn, by name. No schema lets an object and a list stand in the same place, so the two cannot be mixed up. */
function inOrder(fields: object): readonly unknown[] {
  const values = fields as Readonly<Record<string, unknown>>
  const ordered: unknown[] = []
  for (const name of Object.keys(values).sort()) {
    const value = values[name]
    if (value === undefined) continue
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value)
    ordered.push(name, nested ? inOrder(value) : value)
  }
  return ordered
}
