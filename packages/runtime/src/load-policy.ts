import { join } from 'node:path'
import { type CalendarPolicy, calendarPolicySchema } from '@bina/domain/calendar-policy'
import {
  type AttendancePolicy,
  attendancePolicySchema,
  createRules,
  type DeadlinePolicy,
  deadlinePolicySchema,
  type Rules,
} from '@bina/domain/rules'
import { type RebasingPolicy, rebasingPolicySchema } from '@bina/scoring/charts/rebasing-policy'
import { type ScoringPolicy, scoringPolicySchema } from '@bina/scoring/scoring-policy'
import { z } from 'zod'
import { hashOfContents, readPolicyFile } from './policy-file.ts'

/** The dated rules of one set of policy files. `version` is the column policy_version of every figure made by them. */
export interface Policy {
  readonly version: string
  readonly calendar: CalendarPolicy
  readonly rules: Rules
  readonly scoring: ScoringPolicy
  /** Where control charts begin anew: decisions on single units, no rules, hence in no version. */
  readonly rebasing: RebasingPolicy
  /** What `rules` are made of. */
  readonly attendance: AttendancePolicy
  readonly deadlines: DeadlinePolicy
  /** Every version up to this one, the first first, with what its files said. */
  readonly history: readonly PolicyVersion[]
  /** What the files say now. */
  readonly contents: PolicyContents
}

/** A hash of what each file says (`hashOfContents`). */
export type PolicyContents = Readonly<Record<PolicyFile, string>>
export type PolicyFile = (typeof POLICY_FILES)[number]
export const POLICY_FILES = ['calendar', 'attendance', 'deadlines', 'scoring'] as const

export interface PolicyVersion {
  readonly version: string
  readonly contents: PolicyContents
}

export interface PolicyProblem {
  readonly file: string
  /** From 1 on; absent where the file itself is not there. */
  readonly line?: number
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
    super(`the policy in ${dir} cannot be used:\n${problems.map((problem) => `  ${placed(problem)}`).join('\n')}`)
    this.problems = problems
  }
}

/** `calendar.yaml:12 at daysOff.2.status: ...` */
export function placed({ file, line, path, message }: PolicyProblem): string {
  return `${file}${line === undefined ? '' : `:${line}`}${path === '' ? '' : ` at ${path}`}: ${message}`
}

const versionName = z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, 'expected a short name such as v1')
const hash = z.string().regex(/^[0-9a-f]{8}$/, 'expected the 8 characters that `bina policy check` prints, in quotes')
const versionSchema = z
  .strictObject({
    version: versionName,
    history: z.array(
      z.strictObject({
        version: versionName,
        contents: z.strictObject({ calendar: hash, attendance: hash, deadlines: hash, scoring: hash }),
      }),
    ),
  })
  .refine(({ version, history }) => history.at(-1)?.version === version, {
    path: ['history'],
    message: 'expected the present version as the last one',
  })
  .refine(({ history }) => new Set(history.map(({ version }) => version)).size === history.length, {
    path: ['history'],
    message: 'a version stands here twice',
  })

/** Reads and checks the policy's files. What it gives back is frozen. @throws PolicyError with every problem of every file. */
export async function loadPolicy(dir: string): Promise<Policy> {
  const problems: PolicyProblem[] = []
  const contents: Record<PolicyFile, string> = { calendar: '', attendance: '', deadlines: '', scoring: '' }

  async function load<T>(name: PolicyFile | 'version' | 'rebasing', schema: z.ZodType<T>): Promise<T | undefined> {
    const file = `${name}.yaml`
    const read = await readPolicyFile(join(dir, file))
    if ('faults' in read) {
      problems.push(...read.faults.map((fault) => ({ file, path: '', ...fault })))
      return undefined
    }
    if (name !== 'version' && name !== 'rebasing') contents[name] = hashOfContents(read.value)
    const result = schema.safeParse(read.value)
    if (result.success) return deepFreeze(result.data)
    const placedIssues = result.error.issues.map(({ path, message }) => ({
      file,
      line: read.lineOf(path),
      path: path.join('.'),
      message,
    }))
    problems.push(...placedIssues)
    return undefined
  }

  const named = await load('version', versionSchema)
  const calendar = await load('calendar', calendarPolicySchema)
  const attendance = await load('attendance', attendancePolicySchema)
  const deadlines = await load('deadlines', deadlinePolicySchema)
  const scoring = await load('scoring', scoringPolicySchema)
  const rebasing = await load('rebasing', rebasingPolicySchema)
  if (!(named && calendar && attendance && deadlines && scoring && rebasing)) throw new PolicyError(dir, problems)
  const { version, history } = named
  const rules = createRules({ attendance, deadlines })
  return Object.freeze({ version, calendar, rules, scoring, rebasing, attendance, deadlines, history, contents })
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
