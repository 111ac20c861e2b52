import { ConfigError } from '@bina/runtime/config'
import type { Explained } from '../network-fault.ts'

export type Verdict = 'ok' | 'warn' | 'fail'

/** One thing looked at: what was found, in a sentence, and what to type or set where that is not well. */
export interface Check {
  readonly name: string
  readonly verdict: Verdict
  readonly message: string
  readonly next?: string
}

export const ok = (name: string, message: string): Check => ({ name, verdict: 'ok', message })
export const warn = (name: string, message: string, next: string): Check => ({ name, verdict: 'warn', message, next })
export const fail = (name: string, message: string, next: string): Check => ({ name, verdict: 'fail', message, next })

/** What went wrong while something was looked at; words for it where there are any. */
export function failed(name: string, error: unknown, explained: Explained | undefined): Check {
  if (explained !== undefined) return fail(name, explained.message, explained.next)
  const again = 'Mend what this says, then type again: npx bina doctor'
  if (error instanceof ConfigError) return fail(name, error.problems.join(' '), again)
  const message = error instanceof Error ? error.message : String(error)
  return fail(name, message.split('\n')[0] ?? '', again)
}

/** A part of the configuration, or one failed check for each problem that it has. */
export function configured<T>(read: () => T): { readonly config: T | undefined; readonly problems: readonly Check[] } {
  try {
    return { config: read(), problems: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const next = 'Correct the variable, then type again: npx bina doctor'
    return { config: undefined, problems: error.problems.map((problem) => fail('configuration', problem, next)) }
  }
}
