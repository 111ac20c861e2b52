import { medianOf } from '../median.ts'

/** One way from standing start to all rows queryable. */
export interface SinkRun {
  readonly engine: 'bina' | 'native'
  readonly pair: number
  /** From the start (spawn of the workers, CREATE of the view) until every event was countable. */
  readonly seconds: number
  /** From the start until the first partitions were given to a consumer of the group. */
  readonly joinSeconds: number
  /** From the start until the first row was countable. */
  readonly firstRowSeconds: number
  /** Seconds of a core over the whole run, by process; absent where the system does not say. */
  readonly coreSeconds: Readonly<Record<string, number | undefined>>
  readonly events: number
  /** Of all that was extracted, so that both ways can be seen to say the same. */
  readonly checksum: string
}

/** What one engine did, over its runs: medians. `eventsPerCoreSecond` divides by the time of all processes that were measured. */
export function rateOf(runs: readonly SinkRun[]) {
  const rate = (of: (run: SinkRun) => number) => Math.round(medianOf(runs.map((run) => run.events / of(run))))
  const cores = runs.map((run) => sum(Object.values(run.coreSeconds)))
  return {
    seconds: medianOf(runs.map((run) => run.seconds)),
    secondsFromJoined: medianOf(runs.map((run) => run.seconds - run.joinSeconds)),
    eventsPerSecond: rate((run) => run.seconds),
    eventsPerSecondFromJoined: rate((run) => run.seconds - run.joinSeconds),
    ...(cores.every((seconds) => seconds > 0)
      ? { eventsPerCoreSecond: rate((run) => sum(Object.values(run.coreSeconds))) }
      : {}),
  }
}

const sum = (values: readonly (number | undefined)[]) =>
  values.reduce((total: number, value) => total + (value ?? 0), 0)

/** How fast Bina's sink is, measured in the native engine's speed: the median over pairs that ran one after the other, so that whatever
 *  else the machine did met both. Above 1 is faster. Undefined without a whole pair. */
export function ratiosOf(runs: readonly SinkRun[]) {
  const pairs = runs
    .filter((run) => run.engine === 'bina')
    .flatMap((own) => {
      const native = runs.find((run) => run.engine === 'native' && run.pair === own.pair)
      if (native === undefined) return []
      return [
        {
          pair: own.pair,
          withJoining: native.seconds / own.seconds,
          withoutJoining: (native.seconds - native.joinSeconds) / (own.seconds - own.joinSeconds),
        },
      ]
    })
  if (pairs.length === 0) return undefined
  return {
    withJoining: medianOf(pairs.map((pair) => pair.withJoining)),
    withoutJoining: medianOf(pairs.map((pair) => pair.withoutJoining)),
    pairs,
  }
}
