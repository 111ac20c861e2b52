import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs } from '@bina/domain/week'
import type { FoldedStore } from '../ports/folded-store.ts'
import { dayEndMark } from '../score/city-clock.ts'

export interface DataCompleteConfig {
  readonly zone: string
  readonly waitMs: number
}

export interface DataCompleteDeps {
  readonly store: Pick<FoldedStore, 'clockMark' | 'pendingUntil'>
  /** Waits until everything that is in Kafka now is stored and scored; answers what is behind where that takes too long. */
  readonly caughtUp: () => Promise<string | undefined>
  /** Rejects when the process is to stop. */
  readonly wait: (ms: number) => Promise<void>
}

const pollMs = 250
const shownAtMost = 1_000

/**
 * Whether a week's figures are complete: its last day was ended in the city's figures (then absences exist), every event is stored and scored,
 * and nothing that time alone changes by the cut-off is left to do. Answers what is missing, undefined when nothing is.
 */
export function createDataComplete(
  config: DataCompleteConfig,
  deps: DataCompleteDeps,
): (week: PlainDate) => Promise<string | undefined> {
  const { store, wait } = deps
  return async (week) => {
    const lastDay = addDays(week, 6)
    for (let waitedMs = 0; ; waitedMs += pollMs) {
      // The end of a day is published before it is marked, so what it touches is waited for below.
      const endedUntil = await store.clockMark(dayEndMark)
      if (endedUntil !== undefined && endedUntil >= lastDay) break
      if (waitedMs >= config.waitMs)
        return `the scores are not complete until the cut-off: score-worker has ended the day ${endedUntil ?? '(none yet)'}, and ${lastDay} is wanted`
      await wait(pollMs)
    }
    const behind = await deps.caughtUp()
    if (behind !== undefined) return behind
    const late = await store.pendingUntil(cutOffMs(config.zone, week) - 1, shownAtMost)
    if (late.length === 0) return undefined
    const count = late.length === shownAtMost ? `${shownAtMost} or more` : String(late.length)
    return `the scores are not complete until the cut-off: ${count} person-days or complaints whose instant came before it are not worked out again yet`
  }
}
