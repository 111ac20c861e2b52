export interface Progress {
  /** Begins a long step; `total` in whatever its updates count, absent when nobody knows. */
  step(name: string, total?: number): ProgressStep
  /** A line of its own, which leaves the bar whole. */
  line(text: string): void
}

export interface ProgressStep {
  update(done: number, text?: string): void
  done(text?: string): void
  fail(text?: string): void
}

export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

export interface ProgressClock {
  nowMs(): number
  /** Gives the function that ends it. */
  every(ms: number, run: () => void): () => void
}

export function createProgress(stream: ProgressStream, clock?: ProgressClock): Progress
