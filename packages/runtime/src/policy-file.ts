import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { canonicalJson } from '@bina/domain/canonical-json'
import { isNode, LineCounter, parseDocument, type YAMLParseError } from 'yaml'

/** A YAML file as its values, and where each stands. */
export interface PolicyFileText {
  readonly value: unknown
  /** The line, from 1 on, of the value at a path, or of the nearest thing around it. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

export interface PolicyFileFault {
  readonly message: string
  readonly line?: number
}

/** Reads one file; what makes it unreadable or no YAML comes back as faults. */
export async function readPolicyFile(
  path: string,
): Promise<PolicyFileText | { readonly faults: readonly PolicyFileFault[] }> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const message = `cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`
    return { faults: [{ message }] }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  if (document.errors.length > 0) return { faults: document.errors.map((error) => located(error, lineCounter)) }
  try {
    return {
      value: document.toJS(),
      lineOf: (path) => {
        // What stands behind an alias, or is not there at all, has no place of its own: the nearest that holds it does.
        for (let length = path.length; length > 0; length--) {
          const node = document.getIn(path.slice(0, length), true)
          if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line
        }
        return 1
      },
    }
  } catch (error) {
    // An alias without its anchor comes to light only here.
    return { faults: [{ message: error instanceof Error ? error.message : String(error) }] }
  }
}

/** `hashOfContents` of a file. @throws Error when it cannot be read. */
export async function hashOfFile(path: string): Promise<string> {
  const read = await readPolicyFile(path)
  if ('faults' in read) throw new Error(`${path}: ${read.faults.map(({ message }) => message).join('; ')}`)
  return hashOfContents(read.value)
}

/** A short hash of what a file says, whatever its comments, spacing and order of keys. */
export function hashOfContents(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 8)
}

function located({ message, pos }: YAMLParseError, lineCounter: LineCounter): PolicyFileFault {
  const { line, col } = lineCounter.linePos(pos[0])
  return { line, message: `column ${col}: ${message}` }
}
