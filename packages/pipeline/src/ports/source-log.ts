import type { Silence } from '../quality/source-silence.ts'

export interface SourceName {
  readonly source: string
  readonly topic: string
}

export interface SourceArrivals extends SourceName {
  /** Begins of the half hours in which anything came in, epoch ms, ascending, each once. */
  readonly slots: readonly number[]
}

export type StandingSilence = SourceName & Silence

/** When each source sent anything, and on which days it was silent for longer than its habit. */
export interface SourceLog {
  arrivals(fromMs: number, untilMs: number): Promise<readonly SourceArrivals[]>
  /** Units that events of the source, come in since then, name. */
  unitsOf(source: SourceName, sinceMs: number): Promise<readonly string[]>
  /** Those that stand, from that day on. */
  silences(fromDay: string): Promise<readonly StandingSilence[]>
  write(found: readonly (StandingSilence & { readonly unitIds: readonly string[] })[]): Promise<void>
  takeBack(silences: readonly StandingSilence[]): Promise<void>
}
