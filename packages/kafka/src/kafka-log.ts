type LogLine = (context: object, message: string) => void

/** What this package says of itself; a pino logger fits. */
export interface KafkaLog {
  readonly error: LogLine
  readonly warn: LogLine
  readonly info: LogLine
  readonly debug: LogLine
}
