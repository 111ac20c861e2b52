import { readFileSync } from 'node:fs'
import type { z } from 'zod'

/** What a variable's `.meta()` tells beside its schema; `.env.example` and docs/configuration.md are made from it. */
export interface VariableMeta {
  readonly summary: string
  readonly example: string
  /** Never shown, and readable from a file named by `<NAME>_FILE`. */
  readonly secret?: boolean
}

export type Environment = Readonly<Record<string, string | undefined>>

/** A service was configured wrongly; the text lists every problem, with what was expected and an example. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n  ${problems.join('\n  ')}`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

export function variable<S extends z.ZodType>(schema: S, meta: VariableMeta): S {
  return schema.meta({ ...meta }) as S
}

export function metaOf(schema: z.ZodType): VariableMeta {
  const meta = schema.meta()
  if (typeof meta?.summary !== 'string' || typeof meta.example !== 'string')
    throw new Error('a variable has no summary or example')
  return { summary: meta.summary, example: meta.example, secret: meta.secret === true }
}

/** What is wrong with values that are each right alone, with what to set instead; undefined when nothing is. */
export type ConfigRule<C> = (config: C) => string | undefined

/** The variables of `schema` from `env`: a blank one counts as absent, `<NAME>_FILE` names a file that holds a secret. `rules` are asked once
 *  each value is right by itself. @throws ConfigError with all that is wrong. */
export function readConfig<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
  env: Environment,
  rules: readonly ConfigRule<Readonly<z.infer<z.ZodObject<S>>>>[] = [],
): Readonly<z.infer<z.ZodObject<S>>> {
  const problems: string[] = []
  const raw: Record<string, string> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = env[name]
    if (value !== undefined && value.trim() !== '') {
      raw[name] = value
      continue
    }
    const file = env[`${name}_FILE`]
    if (file === undefined || file === '' || !metaOf(field as z.ZodType).secret) continue
    try {
      raw[name] = readFileSync(file, 'utf8').trim()
    } catch (cause) {
      problems.push(
        `${name}_FILE: the file ${file} cannot be read (${(cause as NodeJS.ErrnoException).code}). Put the secret there, or set ${name}.`,
      )
    }
  }
  const parsed = schema.safeParse(raw)
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? '')
    const field = schema.shape[name] as z.ZodType | undefined
    const meta = field === undefined ? undefined : metaOf(field)
    const given =
      raw[name] === undefined ? 'it is not set' : meta?.secret ? 'the value given is not shown' : `got "${raw[name]}"`
    if (problems.some((problem) => problem.startsWith(`${name}_FILE:`))) continue
    problems.push(
      `${name}: ${issue.message} (${given}). ${meta?.summary ?? ''} Example: ${name}=${meta?.example ?? ''}`,
    )
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const config = Object.freeze(parsed.data)
  const clashes = rules.flatMap((rule) => rule(config) ?? [])
  if (clashes.length > 0) throw new ConfigError(clashes)
  return config
}
