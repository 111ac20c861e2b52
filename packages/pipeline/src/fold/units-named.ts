import type { KnownEvent } from './known-event.ts'

/** Units named before and those that these events name, each once, sorted. */
export function unitsNamed(everNamed: readonly string[], events: readonly KnownEvent[]): readonly string[] {
  const units = new Set(everNamed)
  for (const { data } of events) if ('unitId' in data && data.unitId !== undefined) units.add(data.unitId)
  return [...units].sort()
}
