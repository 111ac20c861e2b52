import type { Component } from './lifecycle.ts'
import type { Logger } from './logger.ts'

export interface TickerConfig {
  readonly name: string
  readonly everyMs: number
  /** Asked before each tick: of several processes only the one that says yes ticks. */
  readonly holds: () => boolean
}

export interface TickerDeps {
  readonly tick: () => Promise<void>
  readonly log: Pick<Logger, 'warn'>
}

/** Ticks again and again, one tick at a time: beats that fall into a long tick are left out. A tick that fails is told, and the next
 *  beat tries again. A stop waits for the tick that runs. */
export function createTicker(config: TickerConfig, deps: TickerDeps): Component {
  let timer: NodeJS.Timeout | undefined
  let ticking: Promise<void> | undefined
  const beat = () => {
    if (ticking !== undefined || !config.holds()) return
    ticking = deps
      .tick()
      .catch((error: unknown) => deps.log.warn({ err: error }, `the ${config.name} did not tick, it will next time`))
      .finally(() => {
        ticking = undefined
      })
  }
  return {
    name: config.name,
    start: async () => {
      timer = setInterval(beat, config.everyMs)
    },
    stop: async () => {
      clearInterval(timer)
      await ticking
    },
  }
}
