import { addDays } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import type { SourceArrivals, SourceLog, SourceName, StandingSilence } from '../ports/source-log.ts'
import { HABIT_LOOKBACK_DAYS, type SilenceConfig, SLOT_MS, silencesOf } from './source-silence.ts'

export interface WatchSourcesDeps {
  readonly sources: SourceLog
  readonly clock: () => number
}

/** A source that is silent now. */
export interface SilentSource extends SourceName {
  readonly lastArrivalMs: number
}

const DAY_MS = 86_400_000
/** What comes in later under its own earlier time takes back silences of this many days. */
const JUDGED_DAYS = 7
const UNITS_OF_LAST_DAYS = 28

/**
 * Finds sources that have fallen silent, keeps the days of their silence, and takes back those on which something had
 * come in after all. Watching twice, or in two places, leaves the same rows. Answers with the sources that are silent now.
 */
export function createWatchSources(
  config: SilenceConfig,
  deps: WatchSourcesDeps,
): () => Promise<readonly SilentSource[]> {
  const { sources } = deps
  let looked: { readonly at: string; readonly silent: readonly SilentSource[] } | undefined

  const look = async (arrivals: readonly SourceArrivals[], nowMs: number): Promise<readonly SilentSource[]> => {
    const fromDay = addDays(dateIn(config.zone, nowMs), -JUDGED_DAYS)
    const found = arrivals.flatMap(({ source, topic, slots }) =>
      silencesOf(slots, config, fromDay, nowMs).map((silence): StandingSilence => ({ source, topic, ...silence })),
    )
    const standing = new Map((await sources.silences(fromDay)).map((silence) => [nameOf(silence), silence]))
    const fresh = found.filter((silence) => !isSame(silence, standing.get(nameOf(silence))))
    const kept = new Set(found.map(nameOf))
    await sources.takeBack([...standing.values()].filter((silence) => !kept.has(nameOf(silence))))
    const named: (StandingSilence & { readonly unitIds: readonly string[] })[] = []
    for (const silence of fresh) {
      const sinceMs = silence.lastArrivalMs - UNITS_OF_LAST_DAYS * DAY_MS
      named.push({ ...silence, unitIds: await sources.unitsOf(silence, sinceMs) })
    }
    await sources.write(named)
    return arrivals.flatMap(({ source, topic, slots }) => {
      const isSilent = found.some(
        (silence) => silence.source === source && silence.topic === topic && silence.lastArrivalMs === slots.at(-1),
      )
      return isSilent ? [{ source, topic, lastArrivalMs: slots.at(-1) ?? nowMs }] : []
    })
  }

  return async () => {
    const nowMs = deps.clock()
    const arrivals = await sources.arrivals(nowMs - (HABIT_LOOKBACK_DAYS + JUDGED_DAYS) * DAY_MS, nowMs)
    // The same arrivals in the same half hour say the same.
    const at = JSON.stringify([Math.floor(nowMs / SLOT_MS), arrivals.map(({ slots }) => [slots.length, slots.at(-1)])])
    if (looked?.at !== at) looked = { at, silent: await look(arrivals, nowMs) }
    return looked.silent
  }
}

const nameOf = ({ source, topic, day }: StandingSilence) => JSON.stringify([source, topic, day])

const isSame = (a: StandingSilence, b: StandingSilence | undefined) =>
  a.lastArrivalMs === b?.lastArrivalMs && a.foundAtMs === b.foundAtMs
