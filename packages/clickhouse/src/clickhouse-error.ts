import { ClickHouseError } from '@clickhouse/client'

// Which answers of the server pass by themselves (peers of this kind agree on these): the same bytes are sent again.
const passing = new Set([
  3, 107, 159, 164, 198, 201, 202, 203, 209, 210, 236, 241, 242, 243, 244, 252, 254, 265, 279, 285, 286, 289, 290, 297,
  319, 364, 384, 425, 999, 1000,
])

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
])

/** True when waiting may help: the network, a server that starts, is full or busy. A wrong password, a missing table or a
 *  wrong query do not pass by waiting: they must stop the process with their reason, and never become dead letters. */
export function isPassingClickHouseError(error: unknown): boolean {
  if (error instanceof ClickHouseError) return passing.has(Number(error.code))
  if (!(error instanceof Error)) return false
  if (/^Timeout error\.?$|socket hang up/.test(error.message)) return true // the client gives these no code
  const code = (error as NodeJS.ErrnoException).code
  return (
    (code !== undefined && networkCodes.has(code)) ||
    (error.cause !== undefined && isPassingClickHouseError(error.cause))
  )
}
