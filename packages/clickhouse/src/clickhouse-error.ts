import { ClickHouseError } from '@clickhouse/client'

// Which answers of the server pass by themselves (peers of this kind agree on these): the same bytes are sent again. 164 is not
// among them, on which peers disagree: a user that may only read is a wrong setting, while a table that cannot be written now is 242.
const passing = new Set([
  3, 107, 159, 198, 201, 202, 203, 209, 210, 236, 241, 242, 243, 244, 252, 254, 265, 279, 285, 286, 289, 290, 297, 319,
  364, 384, 425, 999, 1000,
])

// What is wrong in the rows themselves. Every row of an event was checked before, so such an answer tells of a bug of ours.
const dataFaults = new Set([6, 7, 27, 38, 41, 43, 53, 72, 117, 321, 349])

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
  // An answer that began while rows were still being sent, and broke off.
  'ERR_STREAM_PREMATURE_CLOSE',
])

// What a proxy says whose ClickHouse does not answer (502, 503, 504): a page, a line, or nothing at all, which ClickHouse never says. The
// client drops the status and takes the body for the message.
const gatewayPage = /^\s*<[\s\S]*<(?:title|h1)[^>]*>[^<]*\b50[234]\b/i
const gatewayLine =
  /^\s*(?:50[234] )?(?:bad gateway|service (?:temporarily )?unavailable|gateway time-?out|no healthy upstream|upstream (?:connect error|request timeout)|error code: 50[234]|$)/i

// A file system that is full reaches us under several codes, by where the server met it.
const diskIsFull = /No space left on device/

/** True when waiting may help: the network, a server that starts, is full or busy. A wrong password, a missing table or a
 *  wrong query do not pass by waiting: they must stop the process with their reason, and never become dead letters. */
export function isPassingClickHouseError(error: unknown): boolean {
  if (error instanceof ClickHouseError) return passing.has(Number(error.code)) || diskIsFull.test(error.message)
  if (!(error instanceof Error)) return false
  if (/^Timeout error\.?$|socket hang up/.test(error.message)) return true // the client gives these no code
  const code = (error as NodeJS.ErrnoException).code
  if (isOfNoKind(error) && (gatewayPage.test(error.message) || gatewayLine.test(error.message))) return true
  return (
    (code !== undefined && networkCodes.has(code)) ||
    (error.cause !== undefined && isPassingClickHouseError(error.cause))
  )
}

/** As the client makes one of an answer that is none of ClickHouse's. */
const isOfNoKind = (error: Error) =>
  error.name === 'Error' && (error as NodeJS.ErrnoException).code === undefined && error.cause === undefined

/** True when the server took the query and refused what stands in its rows. */
export function isDataFault(error: unknown): boolean {
  return error instanceof ClickHouseError && dataFaults.has(Number(error.code))
}
