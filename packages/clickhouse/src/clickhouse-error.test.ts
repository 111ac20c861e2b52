import { ClickHouseError } from '@clickhouse/client'
import { describe, expect, it } from 'vitest'
import { isDataFault, isPassingClickHouseError } from './clickhouse-error.ts'
import { clickHouseFaultOf } from './clickhouse-fault.ts'

const answer = (code: number, type: string) => new ClickHouseError({ message: type, code: String(code), type })
const network = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

describe('what passes when a worker waits', () => {
  it.each([
    ['a server that takes too long', answer(159, 'TIMEOUT_EXCEEDED')],
    ['a server that is asked too much at once', answer(202, 'TOO_MANY_SIMULTANEOUS_QUERIES')],
    ['a server without memory', answer(241, 'MEMORY_LIMIT_EXCEEDED')],
    ['a table with too many parts', answer(252, 'TOO_MANY_PARTS')],
    ['a replica without its keeper', answer(242, 'TABLE_IS_READ_ONLY')],
    ['a keeper that is away', answer(999, 'KEEPER_EXCEPTION')],
    ['a disk that is full', answer(243, 'NOT_ENOUGH_SPACE')],
    ['a file system that is full', answer(1001, 'std::filesystem::filesystem_error: No space left on device')],
    ['nobody at the port', network('ECONNREFUSED')],
    ['a connection that broke', network('ECONNRESET')],
    ['a name that is not known yet', network('ENOTFOUND')],
    ['a client that waited long enough', new Error('Timeout error.')],
    ['a connection that was hung up', new Error('socket hang up')],
    ['an error because of one of these', new Error('insert failed', { cause: network('EPIPE') })],
  ])('%s', (_, error) => {
    expect(isPassingClickHouseError(error)).toBe(true)
  })

  it.each([
    ['a wrong password', answer(516, 'AUTHENTICATION_FAILED')],
    ['a user that may only read', answer(164, 'READONLY')],
    ['a missing right', answer(497, 'ACCESS_DENIED')],
    ['a missing table', answer(60, 'UNKNOWN_TABLE')],
    ['a missing database', answer(81, 'UNKNOWN_DATABASE')],
    ['a query that is none', answer(62, 'SYNTAX_ERROR')],
    ['a row that does not fit', answer(27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED')],
    ['a text that only speaks of a timeout', new Error('the word Timeout error. in a sentence')],
    ['a fault of ours', new TypeError('x is not a function')],
    ['a fault of ours with a code', Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['no error at all', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('not %s', (_, error) => {
    expect(isPassingClickHouseError(error)).toBe(false)
  })
})

describe('what is wrong in a row', () => {
  it.each([
    ['a number that is none', answer(27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED')],
    ['a word that an enumeration lacks', answer(117, 'INCORRECT_DATA')],
    ['nothing where something must be', answer(349, 'CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN')],
  ])('%s', (_, error) => {
    expect(isDataFault(error)).toBe(true)
    expect(isPassingClickHouseError(error)).toBe(false)
  })

  it.each([
    ['a missing table', answer(60, 'UNKNOWN_TABLE')],
    ['a wrong password', answer(516, 'AUTHENTICATION_FAILED')],
    ['a server without memory', answer(241, 'MEMORY_LIMIT_EXCEEDED')],
    ['a network that broke', network('ECONNRESET')],
  ])('not %s', (_, error) => {
    expect(isDataFault(error)).toBe(false)
  })
})

it.each([
  [answer(192, 'UNKNOWN_USER'), 'login'],
  [answer(193, 'WRONG_PASSWORD'), 'login'],
  [answer(516, 'AUTHENTICATION_FAILED'), 'login'],
  [answer(81, 'UNKNOWN_DATABASE'), 'no_database'],
  [answer(60, 'UNKNOWN_TABLE'), 'no_table'],
  [answer(497, 'ACCESS_DENIED'), 'not_allowed'],
  [answer(164, 'READONLY'), 'only_reads'],
  [answer(62, 'SYNTAX_ERROR'), 'other'],
  [network('ECONNREFUSED'), undefined],
])('tells an operator of %o', (error, fault) => {
  expect(clickHouseFaultOf(error)).toBe(fault)
})
