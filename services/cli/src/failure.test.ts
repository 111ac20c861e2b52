import { ConfigError } from '@bina/runtime/config'
import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { CommandError } from './command-error.ts'
import { failureOf } from './failure.ts'

const env = { KAFKA_BROKERS: '127.0.0.1:1', CLICKHOUSE_URL: 'http://127.0.0.1:1/bina' }
const of = (error: unknown, stopped = false) => failureOf(error, env, stopped)
const withCode = (code: string, message: string) => Object.assign(new Error(message), { code })

describe('a failure, as programs are told of it', () => {
  it.each([
    ['a wrong option', new CommanderError(1, 'commander.unknownOption', 'error: unknown option'), 2, 'wrong_use'],
    ['a wrong argument', new CommandError('There is no such file', 2), 2, 'wrong_use'],
    ['a wrong week', withCode('week_format', 'no week'), 2, 'week_format'],
    ['a wrong quarter', withCode('quarter_format', 'no quarter'), 2, 'quarter_format'],
    ['a wrong variable', new ConfigError(['KAFKA_BROKERS: expected host:port']), 2, 'config_invalid'],
    ['a refusal', new CommandError('It runs.', 1, { code: 'already_running', hint: 'Stop it.' }), 1, 'already_running'],
    ['a closed port', withCode('ECONNREFUSED', 'connect'), 1, 'server_fault'],
    ['a fault of the local servers', withCode('port_taken', 'taken'), 1, 'port_taken'],
    ['a bug', new TypeError('undefined is not a function'), 1, 'internal'],
    ['no error at all', 'thrown', 1, 'internal'],
  ])('%s has a code, a message and an exit code', (_, error, exitCode, code) => {
    expect(of(error)).toMatchObject({ exitCode, code, message: expect.stringMatching(/\w/) })
  })

  it('says what to do where that is known', () => {
    expect(of(new CommandError('It runs.', 1, { hint: 'Stop it.' }))?.hint).toBe('Stop it.')
    expect(of(withCode('ECONNREFUSED', 'connect'))?.hint).toContain('CLICKHOUSE_URL')
  })

  it('is none when only help was asked for, and a quiet one after Ctrl-C', () => {
    expect(of(new CommanderError(0, 'commander.helpDisplayed', 'help'))).toBeUndefined()
    const aborted = Object.assign(new Error('aborted'), { name: 'AbortError' })
    expect(of(aborted, true)).toEqual({ exitCode: 1, code: 'stopped', message: 'Stopped.' })
  })
})
