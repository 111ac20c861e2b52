import type { Component } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import type { ReadyCheck } from '@bina/runtime/operations-server'
import { createTicker } from '@bina/runtime/ticker'
import { createWaitForServer } from '@bina/runtime/wait-for-server'

export interface ClockCheckConfig {
  /** How far this machine's clock and ClickHouse's may be apart. */
  readonly toleranceMs: number
  readonly everyMs: number
}

export interface ClockCheckDeps {
  /** What ClickHouse's clock says. */
  readonly theirNowMs: () => Promise<number>
  /** Whether the same question may be answered later. */
  readonly isPassing: (error: unknown) => boolean
  readonly clock: () => number
  /** Only grows, whatever is done to the clock. */
  readonly elapsedMs: () => number
  readonly log: Logger
}

/** One of two clocks is so wrong that nobody can say what lies in the future. */
export class ClockError extends Error {
  readonly code = 'CLOCKS_APART'
}

export interface ClockCheck {
  /** Its start lasts until ClickHouse has said what time it is, and rejects where the clocks are apart. */
  readonly component: Component
  /** Rejects when they are apart later on; the process should then end. */
  readonly failed: Promise<never>
  /** To judge events by: the machine's clock, which does not go back between two looks. One that was set back would make true events lie in
   *  the future until the next look finds it out; one that is ahead does no harm, since a record's own time has a say as well. */
  readonly clock: () => number
  readonly ready: ReadyCheck
}

/** Compares the clock by which events are judged with ClickHouse's, at the start and again and again. */
export function createClockCheck(config: ClockCheckConfig, deps: ClockCheckDeps): ClockCheck {
  const { clock, elapsedMs, isPassing, log } = deps
  let agreed = { atMs: Number.NEGATIVE_INFINITY, elapsedMs: 0 }
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained

  const look = async () => {
    const asked = { atMs: clock(), elapsedMs: elapsedMs() }
    const theirsMs = await deps.theirNowMs()
    const answeredAtMs = asked.atMs + elapsedMs() - asked.elapsedMs
    const apartMs = atLeastAheadMs(asked.atMs, answeredAtMs, theirsMs)
    if (Math.abs(apartMs) > config.toleranceMs) throw new ClockError(wordsFor(answeredAtMs, theirsMs))
    agreed = asked
  }
  const first = createWaitForServer('ClickHouse', {
    reach: look,
    isPassing,
    explain: (error) => {
      if (error instanceof ClockError) return error.message
      return `ClickHouse does not say what time it is: ${error instanceof Error ? error.message : String(error)}`
    },
    log,
  })
  const again = createTicker(
    { name: 'clock check', everyMs: config.everyMs, holds: () => true },
    {
      tick: () =>
        look().catch((error: unknown) => {
          if (error instanceof ClockError) fail(error)
          // Where ClickHouse cannot be asked nothing is stored either, and that is told by who waits for it.
          else log.debug({ err: error }, 'ClickHouse does not say what time it is, asking again')
        }),
      log,
    },
  )
  return {
    failed,
    ready: first.ready,
    clock: () => Math.max(clock(), agreed.atMs + elapsedMs() - agreed.elapsedMs),
    component: {
      name: 'clock check',
      start: async (signal) => {
        await first.start(signal)
        await again.start()
      },
      stop: again.stop,
    },
  }
}

/** How far one clock is ahead of another at least (behind: negative), when the other was read at some time between question and answer. */
function atLeastAheadMs(askedAtMs: number, answeredAtMs: number, theirsMs: number): number {
  if (theirsMs > answeredAtMs) return answeredAtMs - theirsMs
  return Math.max(0, askedAtMs - theirsMs)
}

function wordsFor(oursMs: number, theirsMs: number): string {
  const [ours, theirs] = [oursMs, theirsMs].map((ms) => new Date(ms).toISOString())
  const hours = Math.round(Math.abs(oursMs - theirsMs) / 3_600_000)
  return `this machine's clock says ${ours} and ClickHouse's says ${theirs}, ${hours} hours apart: true events would be taken for events of the future, or the other way round. Nothing is lost, events wait in Kafka. Type "timedatectl" on both machines, set the wrong one right ("timedatectl set-ntp true") and start the worker again; see "A machine's clock is wrong" in docs/runbook.md`
}
