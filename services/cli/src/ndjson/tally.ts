import type { GoodLine, LineProblem } from './check-lines.ts'
import { fileHint } from './file-hint.ts'

const listedProblems = 20
const headBytes = 1024

/** What is told of a file's lines. It does not grow with them. */
export interface Tally {
  add(line: GoodLine | LineProblem): void
  /** Passes the file on and keeps its first bytes, which may tell why no line of it is good. */
  headOf(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Lines that are not blank. */
  lines(): number
  good(): number
  bad(): number
  /** The first ones. */
  problems(): readonly LineProblem[]
  /** Events of each type, by name. */
  byType(): readonly (readonly [string, number])[]
  hint(file: string | undefined): string | undefined
}

export function createTally(): Tally {
  const types = new Map<string, number>()
  const problems: LineProblem[] = []
  let head = Buffer.alloc(0)
  let good = 0
  let bad = 0
  return {
    add: (line) => {
      if (line.kind === 'problem') {
        bad++
        if (problems.length < listedProblems) problems.push(line)
        return
      }
      good++
      types.set(line.event.type, (types.get(line.event.type) ?? 0) + 1)
    },
    headOf: async function* (chunks) {
      for await (const chunk of chunks) {
        if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes)])
        yield chunk
      }
    },
    lines: () => good + bad,
    good: () => good,
    bad: () => bad,
    problems: () => problems,
    byType: () => [...types].sort(([a], [b]) => (a < b ? -1 : 1)),
    hint: (file) => fileHint(head, file),
  }
}
