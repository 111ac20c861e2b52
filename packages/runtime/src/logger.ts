import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Paths whose values never reach a log: secrets, and what could tell of a person. */
const redactedPaths = [
  'password',
  'token',
  'key',
  'authorization',
  'secret',
  'personKey',
  'reporterKey',
  'recipient',
  'value',
  'bytes',
  'headers.authorization',
].flatMap((path) => [path, `*.${path}`])

/** One JSON line an entry; `error` means that someone must act now, what heals itself is `warn`. */
export function createLogger(
  config: { readonly service: string; readonly level: string },
  destination?: DestinationStream,
): Logger {
  const options = {
    level: config.level,
    base: { service: config.service },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
