/** Microseconds since 1970 of a time as the server writes it, `YYYY-MM-DD hh:mm:ss.ffffff` in UTC: the ticks of a DateTime64(6). */
export function microsecondsOf(serverTime: string): number {
  const seconds = Date.parse(`${serverTime.slice(0, 19).replace(' ', 'T')}Z`) / 1000
  const microseconds = seconds * 1_000_000 + Number(serverTime.slice(20).padEnd(6, '0'))
  if (!Number.isSafeInteger(microseconds)) throw new Error(`"${serverTime}" is no time of the server`)
  return microseconds
}
