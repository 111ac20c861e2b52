import type { ConsumerState } from './consumer-state.ts'

/** Of one partition: the next offset that its group reads, and how many messages stand from there on. */
export interface PartitionPosition {
  readonly topic: string
  readonly partition: number
  /** -1 before the first commit. */
  readonly committed: number
  readonly lag: number
}

/** Why and since when there is no progress, by the clock that is asked. */
export interface Stall {
  readonly reason: string
  readonly sinceMs: number
  /** Since when nothing at all moves; undefined while something else of the consumer does. */
  readonly wholeSinceMs: number | undefined
}

export interface ProgressClockConfig {
  readonly sessionTimeoutMs: number
  /** For how long a batch may honestly be in work, as when reports are mailed one by one; absent where it is a matter of seconds. */
  readonly workMayLastMs?: number | undefined
}

/**
 * Judges, look by look, whether a consumer makes progress: whether what it holds and has not read is committed further and further. Waiting
 * for the world is no stall, nor is having nothing to read. `nowMs` only grows.
 */
export function createProgressClock(config: ProgressClockConfig) {
  const lastMoves = new Map<string, { readonly committed: number; readonly atMs: number }>()
  let beganAtMs: number | undefined
  let lastMoveMs = Number.NEGATIVE_INFINITY

  /** The partition that has stood longest with something to read. */
  const longestBehind = (held: readonly PartitionPosition[], nowMs: number): Stall | undefined => {
    const names = new Set(held.map(nameOf))
    for (const name of lastMoves.keys()) if (!names.has(name)) lastMoves.delete(name)
    let behind: { readonly reason: string; readonly sinceMs: number } | undefined
    for (const position of held) {
      const { committed, lag } = position
      const name = nameOf(position)
      const before = lastMoves.get(name)
      const hasMoved = before !== undefined && before.committed !== committed
      if (hasMoved) lastMoveMs = nowMs
      if (before === undefined || hasMoved || lag <= 0) lastMoves.set(name, { committed, atMs: nowMs })
      else if (behind === undefined || before.atMs < behind.sinceMs)
        behind = { reason: `${name} stands at ${committed} with ${lag} messages to read`, sinceMs: before.atMs }
    }
    return behind && { ...behind, wholeSinceMs: Math.max(behind.sinceMs, lastMoveMs) }
  }

  return (positions: readonly PartitionPosition[], state: ConsumerState, nowMs: number): Stall | undefined => {
    beganAtMs ??= nowMs
    const { assigned, isWaiting, workingMs, unheardMs } = state
    if (isWaiting) {
      lastMoves.clear()
      return undefined
    }
    if (assigned === undefined)
      return { reason: 'its group has not let it in', sinceMs: beganAtMs, wholeSinceMs: beganAtMs }
    const behind = longestBehind(
      positions.filter(({ topic, partition }) => assigned[topic]?.includes(partition) === true),
      nowMs,
    )
    if (workingMs !== undefined) {
      const { workMayLastMs } = config
      if (workMayLastMs !== undefined) {
        // What stands meanwhile waits for this batch alone: it is not held against whoever goes on with it afterwards.
        lastMoves.clear()
        if (workingMs <= workMayLastMs) return undefined
        const reason = `one batch is in work for more than ${Math.round(workMayLastMs / 60_000)} minutes`
        return { reason, sinceMs: nowMs - (workingMs - workMayLastMs), wholeSinceMs: undefined }
      }
      const work = { reason: 'one batch is in work', sinceMs: nowMs - workingMs }
      return { ...(behind !== undefined && behind.sinceMs < work.sinceMs ? behind : work), wholeSinceMs: undefined }
    }
    if (unheardMs > config.sessionTimeoutMs) {
      const sinceMs = nowMs - unheardMs
      return { reason: 'its group has answered no heartbeat', sinceMs, wholeSinceMs: sinceMs }
    }
    return behind
  }
}

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }) => `${topic}/${partition}`
