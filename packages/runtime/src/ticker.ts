import { setTimeout as wait } from 'node:timers/promises'
import type { Component } from './lifecycle.ts'
import type { Logger } from './logger.ts'

export interface TickerConfig {
  readonly name: string
  readonly everyMs: number
  /** Asked before each tick: of several processes only the one that says yes ticks. */
  readonly holds: () => boolean
  /** How long a stop waits for the tick that runs; 2 s when absent. */
  readonly patienceMs?: number
}

export interface TickerDeps {
  readonly tick: () => Promise<void>
  readonly log: Pick<Logger, 'info' | 'warn'>
}

/** Ticks again and again, one tick at a time: beats that fall into a long tick are left out. A tick that fails is told, and the next
 *  beat tries again. A stop waits for the tick that runs, but not long, since it may have asked a server that is slow or away: a tick only
 *  looks, or does what comes to the same when it is done again or by half, so it is left to itself then, and its failure is nobody's. */
export function createTicker(config: TickerConfig, deps: TickerDeps): Component {
  const { name, patienceMs = 2_000 } = config
  let timer: NodeJS.Timeout | undefined
  let ticking: Promise<void> | undefined
  let isStopping = false
  const beat = () => {
    if (ticking !== undefined || !config.holds()) return
    ticking = deps
      .tick()
      .catch((error: unknown) => {
        // What it asked may be closed under it by then.
        if (!isStopping) deps.log.warn({ err: error }, `the ${name} did not tick, it will next time`)
      })
      .finally(() => {
        ticking = undefined
      })
  }
  return {
    name,
    start: async () => {
      isStopping = false
      timer = setInterval(beat, config.everyMs)
    },
    stop: async () => {
      isStopping = true
      clearInterval(timer)
      if (ticking === undefined) return
      const patience = new AbortController()
      const late = wait(patienceMs, 'late' as const, { signal: patience.signal })
      late.catch(() => undefined) // called off below
      const end = await Promise.race([ticking, late]).finally(() => patience.abort())
      if (end === 'late')
        deps.log.info({ waitedMs: patienceMs }, `stopping without waiting longer for a tick of the ${name}`)
    },
  }
}
