import { type DeadLetterReason, deadLetterReasons } from '@bina/events/dead-letter-reason'

/** What can go wrong at this door beyond what is wrong with an event. The codes are stable: programs decide by them. */
const doorCodes = {
  unauthenticated: { status: 401, title: 'An access key is needed' },
  source_not_allowed: { status: 403, title: 'The key may not publish for this source' },
  type_not_allowed: { status: 403, title: 'The key may not publish this type' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This address takes another method' },
  timeout: { status: 408, title: 'The request did not arrive in time' },
  body_too_large: { status: 413, title: 'The body is too large' },
  batch_too_long: { status: 413, title: 'The batch has too many events' },
  unsupported_media_type: { status: 415, title: 'The content type is none of those that this door takes' },
  unsupported_encoding: { status: 415, title: 'The body is encoded' },
  bad_request: { status: 400, title: 'The request cannot be read' },
  unknown_lane: { status: 400, title: 'There is no such lane' },
  header_repeated: { status: 400, title: 'A CloudEvents header stands twice' },
  all_rejected: { status: 422, title: 'No event of the batch can be accepted' },
  internal: { status: 500, title: 'Something is wrong on our side' },
  busy: { status: 503, title: 'Too much is under way' },
  kafka_unavailable: { status: 503, title: 'The events cannot be kept now' },
} as const

const eventTitles: Readonly<Record<DeadLetterReason, string>> = {
  too_large: 'The event is too large',
  not_json: 'The body is not JSON in UTF-8',
  not_cloudevent: 'This is not a CloudEvent as the contract wants it',
  unknown_type: 'The contract has no such event type',
  personal_data: 'The event holds personal data',
  schema_violation: 'The data are not of the type',
  key_mismatch: 'The key does not belong to the event',
  time_in_future: 'The event lies in the future',
  conflicting_duplicate: 'Another event has this id',
}

export type ProblemCode = keyof typeof doorCodes | DeadLetterReason

const isReason = (code: ProblemCode): code is DeadLetterReason =>
  (deadLetterReasons as readonly string[]).includes(code)

function statusOf(code: ProblemCode): number {
  if (!isReason(code)) return doorCodes[code].status
  if (code === 'not_json') return 400
  return code === 'too_large' ? 413 : 422
}

/** RFC 9457. `pointer` is a JSON pointer (RFC 6901) into the body. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  readonly pointer?: string
  readonly requestId: string
}

/** Ends a request with a problem. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly pointer: string | undefined
  readonly headers: Readonly<Record<string, string>>
  /** Members of the answer beyond those of every problem. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(
    code: ProblemCode,
    detail: string,
    options: {
      readonly pointer?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly more?: Readonly<Record<string, unknown>>
      readonly cause?: unknown
    } = {},
  ) {
    super(detail, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'ProblemError'
    this.code = code
    this.pointer = options.pointer === '' ? undefined : options.pointer
    this.headers = options.headers ?? {}
    this.more = options.more ?? {}
  }
}

export const problemCodes: readonly ProblemCode[] = [
  ...(Object.keys(doorCodes) as (keyof typeof doorCodes)[]),
  ...deadLetterReasons,
]

export function problemOf(error: ProblemError, requestId: string): Problem {
  const { code, message, pointer } = error
  return {
    type: `urn:bina:problem:${code}`,
    title: isReason(code) ? eventTitles[code] : doorCodes[code].title,
    status: statusOf(code),
    code,
    ...(message === '' ? {} : { detail: message }),
    ...(pointer === undefined ? {} : { pointer }),
    requestId,
    ...error.more,
  }
}
