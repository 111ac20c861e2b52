import { LineCounter, parseDocument } from 'yaml'
import { type ImportMapping, mappingSchema } from './mapping.ts'

export interface MappingProblem {
  /** Where in the mapping's text, from 1. */
  readonly line: number
  readonly column: number
  /** `received.channel.values.ONLINE`; empty for the whole. */
  readonly path: string
  readonly message: string
}

/** A mapping is not to be used; every problem at once. */
export class MappingError extends Error {
  readonly code = 'mapping_invalid'
  readonly problems: readonly MappingProblem[]

  constructor(problems: readonly MappingProblem[]) {
    const lines = problems.map(
      ({ line, column, path, message }) => `  ${line}:${column} ${path === '' ? '' : `${path}: `}${message}`,
    )
    super(`The mapping has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines.join('\n')}`)
    this.name = 'MappingError'
    this.problems = problems
  }
}

/** YAML text to a mapping. @throws MappingError */
export function parseMapping(text: string): ImportMapping {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  const at = (offset: number | undefined) => {
    const { line, col } = lineCounter.linePos(offset ?? 0)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    throw new MappingError(document.errors.map((error) => ({ ...at(error.pos[0]), path: '', message: error.message })))
  }
  const offsetOf = (path: readonly PropertyKey[]): number | undefined => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true)
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
        return node.range[0]
    }
    return undefined
  }
  const parsed = mappingSchema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => ({
    ...at(offsetOf(issue.path)),
    path: issue.path.join('.'),
    message: issue.message,
  }))
  throw new MappingError(problems.sort((a, b) => a.line - b.line || a.column - b.column))
}
