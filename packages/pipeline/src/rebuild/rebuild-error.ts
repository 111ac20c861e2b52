/** Why a rebuild does not begin, or does not go on, as sentences. What was worked out stays where it is. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError'
  readonly code: 'rebuild_rules' | 'rebuild_runs'

  constructor(code: RebuildError['code'], message: string) {
    super(message)
    this.code = code
  }
}
