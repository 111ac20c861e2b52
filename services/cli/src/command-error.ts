/** A command could not do what was asked. The message says what happened, what it means and what to type next. */
export class CommandError extends Error {
  /** 1: failed; 2: wrong use. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}
