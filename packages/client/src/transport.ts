import type { ServiceEvent } from '@bina/events/service-event'

export type PublishResult =
  | { readonly status: 'accepted' | 'duplicate' }
  | { readonly status: 'rejected'; readonly reason: string; readonly pointer: string; readonly detail: string }

/** The way to Bina. One call is under way at a time. */
export interface EventTransport {
  /** One result an event, in order, once what is accepted can no longer be lost. @throws TransportError */
  publish(events: readonly ServiceEvent[]): Promise<readonly PublishResult[]>
  close(): Promise<void>
  /** What one call may hold. */
  readonly maxEvents: number
  readonly maxBytes: number
}

/** A call failed as a whole. It may have worked all the same, so a repeat is always safe. */
export class TransportError extends Error {
  readonly code: string
  /** Whether the same call may work later. */
  readonly passing: boolean
  /** How long the other side asks to be left alone. */
  readonly waitMs: number | undefined

  constructor(
    code: string,
    message: string,
    options: { readonly passing: boolean; readonly waitMs?: number | undefined; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'TransportError'
    this.code = code
    this.passing = options.passing
    this.waitMs = options.waitMs
  }
}
