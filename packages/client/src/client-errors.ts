/** One thing wrong with an event: where (a JSON pointer into its JSON form), and what was expected there. */
export interface EventProblem {
  /** Place in the batch, from 0; 0 for a single event. */
  readonly index: number
  readonly pointer: string
  readonly expected: string
  /** A code of the contract's list, such as `schema_violation`. */
  readonly reason: string
}

/** Nothing was sent: an event is not as the contract wants it. */
export class InvalidEventError extends Error {
  readonly code = 'invalid_event'
  readonly problems: readonly EventProblem[]

  constructor(problems: readonly EventProblem[]) {
    const lines = problems.map(
      ({ index, pointer, expected }) => `event ${index}${pointer === '' ? '' : ` at ${pointer}`}: expected ${expected}`,
    )
    super(lines.join('; '))
    this.name = 'InvalidEventError'
    this.problems = problems
  }
}

/** The other side took the batch and refused this event; sending it again will not help. */
export class RejectedEventError extends Error {
  readonly code = 'rejected'
  readonly reason: string
  readonly pointer: string

  constructor(rejection: { readonly reason: string; readonly pointer: string; readonly detail: string }) {
    super(`${rejection.reason}: ${rejection.detail}`)
    this.name = 'RejectedEventError'
    this.reason = rejection.reason
    this.pointer = rejection.pointer
  }
}

/** The event was not acknowledged in the time that was given, or cannot be. It may have arrived: a repeat changes nothing. */
export class DeliveryError extends Error {
  readonly code: 'not_delivered' | 'buffer_full' | 'closed'

  constructor(code: DeliveryError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'DeliveryError'
    this.code = code
  }
}

/** Some events of a batch were not accepted; the others were. */
export class BatchError extends Error {
  readonly code = 'batch_incomplete'
  readonly failures: readonly { readonly index: number; readonly error: unknown }[]

  constructor(total: number, failures: BatchError['failures']) {
    super(
      `${failures.length} of ${total} events were not accepted: ${failures[0]?.error instanceof Error ? failures[0].error.message : ''}`,
    )
    this.name = 'BatchError'
    this.failures = failures
  }
}
