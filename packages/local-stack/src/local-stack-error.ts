export type LocalStackErrorCode =
  | 'java_missing'
  | 'maven_missing'
  | 'download_failed'
  | 'unsupported_platform'
  | 'clickhouse_library_missing'
  | 'port_taken'
  | 'data_dir_in_use'
  | 'data_dir_of_another_cluster'
  | 'data_dir_broken'
  | 'start_failed'
  | 'start_timeout'

/** The world's fault while a local server is set up, started or stopped. The message says what to do; `logTail` is what the server said last. */
export class LocalStackError extends Error {
  readonly code: LocalStackErrorCode
  readonly logTail: readonly string[]

  constructor(
    code: LocalStackErrorCode,
    message: string,
    detail: { readonly cause?: unknown; readonly logTail?: readonly string[] } = {},
  ) {
    super(withTail(message, detail.logTail ?? []), detail.cause === undefined ? {} : { cause: detail.cause })
    this.name = 'LocalStackError'
    this.code = code
    this.logTail = detail.logTail ?? []
  }
}

function withTail(message: string, tail: readonly string[]): string {
  return tail.length === 0 ? message : `${message}\nIts last words:\n${tail.map((line) => `  ${line}`).join('\n')}`
}
