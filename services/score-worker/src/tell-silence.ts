import type { SilentSource } from '@bina/pipeline/quality/watch-sources'
import type { Metrics } from '@bina/runtime/metrics'

const mostNamed = 20

/** Tells in the metrics which sources are silent now, and for how long. */
export function createTellSilence(metrics: Metrics): (silent: readonly SilentSource[], nowMs: number) => void {
  const count = metrics.gauge('score_sources_silent', 'Sources that have sent nothing for longer than their own habit')
  const seconds = metrics.gauge(
    'score_source_silent_seconds',
    'How long a silent source has sent nothing, by source and topic; at most twenty have a name',
    ['source', 'topic'],
  )
  return (silent, nowMs) => {
    count.set(silent.length)
    // Sources name themselves: whoever sends under a thousand names must not make a thousand series.
    seconds.reset()
    for (const { source, topic, lastArrivalMs } of silent.slice(0, mostNamed))
      seconds.set({ source, topic }, (nowMs - lastArrivalMs) / 1000)
  }
}
