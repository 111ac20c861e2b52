import { randomUUID } from 'node:crypto'

/** The caller's X-Request-Id where it is one that logs and headers can bear, else a new one. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID()
}
