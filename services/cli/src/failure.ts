import { ConfigError, type Environment } from '@bina/runtime/config'
import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import { explainError } from './explain-error.ts'

/** Why a command did not do what was asked. */
export interface Failure {
  /** 1: failed; 2: wrong use. */
  readonly exitCode: 1 | 2
  /** `wrong_use`, `failed`, `stopped`, `config_invalid`, `server_fault`, `internal`, or the code of what failed, in small letters. */
  readonly code: string
  readonly message: string
  /** What to do about it, where that is known. */
  readonly hint?: string
}

// What an argument can be wrong in that only the command itself finds out.
const wrongUse = new Set(['week_format', 'quarter_format'])

/** Undefined when the command was only asked for its help or version. */
export function failureOf(error: unknown, env: Environment, stopped: boolean): Failure | undefined {
  if (error instanceof CommanderError) {
    // It has told a person already, with the usage below.
    return error.exitCode === 0 ? undefined : { exitCode: 2, code: 'wrong_use', message: unprefixed(error.message) }
  }
  if (stopped && error instanceof Error && error.name === 'AbortError')
    return { exitCode: 1, code: 'stopped', message: 'Stopped.' }
  if (error instanceof CommandError) {
    const { exitCode, message, code, hint } = error
    return { exitCode, code, message, ...(hint === undefined ? {} : { hint }) }
  }
  if (error instanceof ConfigError) return { exitCode: 2, code: 'config_invalid', message: error.message }
  const explained = explainError(error, env)
  if (explained !== undefined)
    return { exitCode: 1, code: 'server_fault', message: explained.message, hint: explained.next }
  if (error instanceof Error && 'code' in error) {
    const code = String(error.code).toLowerCase()
    return { exitCode: wrongUse.has(code) ? 2 : 1, code, message: error.message }
  }
  return { exitCode: 1, code: 'internal', message: error instanceof Error ? error.message : String(error) }
}

const unprefixed = (message: string) => message.replace(/^error: /, '')
