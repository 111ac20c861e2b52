import { join } from 'node:path'
import { calendarWarnings } from '@bina/domain/calendar-policy'
import {
  loadPolicy,
  POLICY_FILES,
  type Policy,
  type PolicyContents,
  PolicyError,
  type PolicyProblem,
} from './load-policy.ts'
import { loadActionLibrary, loadEffectPolicy, loadSpotCheckPolicy } from './load-practice.ts'
import { readPolicyFile } from './policy-file.ts'

/** Something to do about a policy. */
export interface PolicyFinding extends PolicyProblem {
  readonly next: string
}

/** An entry that does not bind yet, or of which nobody has looked up whether it does. */
export interface UnsettledEntry {
  readonly file: string
  readonly line: number
  readonly path: string
  readonly status: 'provisional' | 'unconfirmed'
  readonly basis: string
}

export interface PolicyCheck {
  /** Absent while there are problems. */
  readonly version: string | undefined
  /** A policy with any of these is refused. */
  readonly problems: readonly PolicyFinding[]
  readonly warnings: readonly PolicyFinding[]
  readonly unsettled: readonly UnsettledEntry[]
}

/** Looks through the policy's files as a service would, and for what works but should not stay so. `year` is the one that runs. */
export async function checkPolicy(dir: string, year: number): Promise<PolicyCheck> {
  try {
    const policy = await loadPolicy(dir)
    await loadSpotCheckPolicy(dir)
    await loadEffectPolicy(dir)
    await loadActionLibrary(dir)
    return {
      version: policy.version,
      problems: [],
      warnings: [...changedFiles(policy), ...(await unsettledYears(dir, policy, year))],
      unsettled: await unsettledEntries(dir),
    }
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const problems = error.problems.map((problem) => ({ ...problem, next: whatToDo(problem) }))
    return { version: undefined, problems, warnings: [], unsettled: [] }
  }
}

function whatToDo({ path, message }: PolicyProblem): string {
  if (message.startsWith('cannot be read')) return 'Put the file there, or name the right folder with --dir.'
  if (message.startsWith('overlaps')) return 'Set validTo of the earlier entry, or mark the temporary one.'
  if (message.startsWith('no entry is in force'))
    return `Add an entry of ${path} for that day, or let the one before it last until then.`
  if (message.includes('expected at least 3'))
    return 'Add steps for it, or give one of the list that focus and type of unit.'
  if (path.startsWith('history')) return 'Add the line of this version to version.yaml: its name, and its contents.'
  return 'Correct the value; policy/README.md says what an entry looks like.'
}

/** A file says something else than when its version was written down: figures of two rules would bear one name. */
function changedFiles({ version, history, contents }: Policy): readonly PolicyFinding[] {
  const recorded = history.at(-1)?.contents
  return POLICY_FILES.filter((name) => recorded?.[name] !== contents[name]).map((name) => ({
    file: `${name}.yaml`,
    path: '',
    message: `was changed, but its version is still ${version}`,
    next: `Raise the version in version.yaml and end its history with ${contentsLine(contents)}`,
  }))
}

/** As it is to be written into version.yaml. */
export function contentsLine(contents: PolicyContents): string {
  return `contents: { ${POLICY_FILES.map((name) => `${name}: "${contents[name]}"`).join(', ')} }`
}

async function unsettledYears(dir: string, { calendar }: Policy, year: number): Promise<readonly PolicyFinding[]> {
  const years = calendar.daysOff.map(({ validFrom }) => Number(validFrom.slice(0, 4)))
  const first = Math.min(year, ...years)
  const last = Math.max(year + 1, ...years)
  const read = await readPolicyFile(join(dir, 'calendar.yaml'))
  return calendarWarnings(calendar, first, last).map((message) => {
    const path = message.includes('Ramadan') ? 'ramadan' : 'daysOff'
    return {
      file: 'calendar.yaml',
      ...('faults' in read ? {} : { line: read.lineOf([path]) }),
      path,
      message,
      next: 'Write the decree into calendar.yaml once it is out; until then days off may count as working days.',
    }
  })
}

async function unsettledEntries(dir: string): Promise<readonly UnsettledEntry[]> {
  const found: UnsettledEntry[] = []
  for (const name of POLICY_FILES) {
    const file = `${name}.yaml`
    const read = await readPolicyFile(join(dir, file))
    if ('faults' in read) continue
    for (const { path, entry } of entriesIn(read.value, [])) {
      const { status, basis } = entry
      if (status !== 'provisional' && status !== 'unconfirmed') continue
      found.push({ file, line: read.lineOf(path), path: path.join('.'), status, basis: String(basis) })
    }
  }
  return found
}

/** Every dated entry, wherever it stands in the file. */
function* entriesIn(
  value: unknown,
  path: readonly PropertyKey[],
): Generator<{ readonly path: readonly PropertyKey[]; readonly entry: Readonly<Record<string, unknown>> }> {
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) yield* entriesIn(part, [...path, index])
    return
  }
  if (typeof value !== 'object' || value === null) return
  const entry = value as Readonly<Record<string, unknown>>
  if ('validFrom' in entry && 'status' in entry) {
    yield { path, entry }
    return
  }
  for (const [key, part] of Object.entries(entry)) yield* entriesIn(part, [...path, key])
}
