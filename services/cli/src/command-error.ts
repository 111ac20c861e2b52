export interface CommandErrorOptions extends ErrorOptions {
  /** For programs, in small letters; `failed` or `wrong_use` when absent. */
  readonly code?: string | undefined
  /** What to type or do next, a sentence of its own. */
  readonly hint?: string | undefined
}

/** A command could not do what was asked. The message says what happened and what it means, the hint what to type next. */
export class CommandError extends Error {
  /** 1: failed; 2: wrong use. */
  readonly exitCode: 1 | 2
  readonly code: string
  readonly hint: string | undefined

  constructor(message: string, exitCode: 1 | 2 = 1, options: CommandErrorOptions = {}) {
    super(message, options)
    this.name = 'CommandError'
    this.exitCode = exitCode
    this.code = options.code ?? (exitCode === 2 ? 'wrong_use' : 'failed')
    this.hint = options.hint
  }
}
