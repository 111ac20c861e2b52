import { createHmac } from 'node:crypto'

/**
 * The order of a first coaching, drawn at random in waves of nearly the same size (stepped wedge): units by HMAC-SHA256 of their id
 * under a text that was announced before, the lowest first. Whoever has the text gets the same waves.
 */
export function drawWaves(text: string, unitIds: readonly string[], waves: number): readonly (readonly string[])[] {
  const ordered = [...new Set(unitIds)]
    .map((unitId) => ({ unitId, hash: createHmac('sha256', text).update(unitId, 'utf8').digest('hex') }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
  return Array.from({ length: waves }, (_, wave) =>
    ordered
      .slice(Math.round((wave * ordered.length) / waves), Math.round(((wave + 1) * ordered.length) / waves))
      .map(({ unitId }) => unitId)
      .toSorted(),
  )
}
