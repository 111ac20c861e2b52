import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CalendarPolicy, calendarPolicySchema } from '@bina/domain/calendar-policy'
import { attendancePolicySchema, createRules, deadlinePolicySchema, type Rules } from '@bina/domain/rules'
import { type ScoringPolicy, scoringPolicySchema } from '@bina/scoring/scoring-policy'
import { LineCounter, parseDocument, type YAMLParseError } from 'yaml'
import { z } from 'zod'

/** The dated rules of one set of policy files. `version` is the column policy_version of every figure made by them. */
export interface Policy {
  readonly version: string
  readonly calendar: CalendarPolicy
  readonly rules: Rules
  readonly scoring: ScoringPolicy
}

export interface PolicyProblem {
  readonly file: string
  /** Dotted path of the value inside the file; empty for the file itself. */
  readonly path: string
  readonly message: string
}

/** The policy cannot be used; `problems` holds all that is wrong with it, not the first alone. */
export class PolicyError extends Error {
  readonly code = 'policy_invalid'
  override readonly name = 'PolicyError'
  readonly problems: readonly PolicyProblem[]

  constructor(dir: string, problems: readonly PolicyProblem[]) {
    const lines = problems.map(({ file, path, message }) => `  ${file}${path === '' ? '' : ` at ${path}`}: ${message}`)
    super(`the policy in ${dir} cannot be used:\n${lines.join('\n')}`)
    this.problems = problems
  }
}

const versionSchema = z.strictObject({
  version: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, 'expected a short name such as v1'),
})

/** Reads and checks the policy's files. What it gives back is frozen. @throws PolicyError with every problem of every file. */
export async function loadPolicy(dir: string): Promise<Policy> {
  const problems: PolicyProblem[] = []

  async function load<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const parsed = await readYaml(join(dir, file))
    if ('messages' in parsed) {
      problems.push(...parsed.messages.map((message) => ({ file, path: '', message })))
      return undefined
    }
    const result = schema.safeParse(parsed.value)
    if (result.success) return deepFreeze(result.data)
    problems.push(...result.error.issues.map(({ path, message }) => ({ file, path: path.join('.'), message })))
    return undefined
  }

  const version = await load('version.yaml', versionSchema)
  const calendar = await load('calendar.yaml', calendarPolicySchema)
  const attendance = await load('attendance.yaml', attendancePolicySchema)
  const deadlines = await load('deadlines.yaml', deadlinePolicySchema)
  const scoring = await load('scoring.yaml', scoringPolicySchema)
  if (!(version && calendar && attendance && deadlines && scoring)) throw new PolicyError(dir, problems)
  return Object.freeze({ version: version.version, calendar, rules: createRules({ attendance, deadlines }), scoring })
}

async function readYaml(path: string): Promise<{ readonly value: unknown } | { readonly messages: readonly string[] }> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return { messages: [`cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`] }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  if (document.errors.length > 0) return { messages: document.errors.map((error) => located(error, lineCounter)) }
  try {
    return { value: document.toJS() }
  } catch (error) {
    // An alias without its anchor comes to light only here.
    return { messages: [error instanceof Error ? error.message : String(error)] }
  }
}

function located({ message, pos }: YAMLParseError, lineCounter: LineCounter): string {
  const { line, col } = lineCounter.linePos(pos[0])
  return `line ${line}, column ${col}: ${message}`
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
