import { describe, expect, test } from 'vitest'
import { createKeyFinder, parseAccessKeys } from './access-keys.ts'
import { readIngestConfig } from './config.ts'
import { allKey, hrKey, keysJson } from './test-door.ts'

const hash = 'a'.repeat(64)
const key = { id: 'hr', sha256: hash, source: 'urn:hr', types: ['bina.attendance.*'] }
const problemsOf = (keys: unknown) => {
  const parsed = parseAccessKeys(JSON.stringify(keys))
  return 'problems' in parsed ? parsed.problems : []
}

describe('access keys', () => {
  test('a key is found by what it hashes to, and nothing near it is', () => {
    const parsed = parseAccessKeys(keysJson)
    const find = createKeyFinder('keys' in parsed ? parsed.keys : [])
    expect(find(hrKey)?.id).toBe('hr')
    expect(find(allKey)?.types.size).toBe(27)
    expect(find(hrKey)?.types).toEqual(
      new Set(['bina.attendance.recorded.v1', 'bina.attendance.status-set.v1', 'bina.attendance.spot-checked.v1']),
    )
    for (const wrong of ['', `${hrKey} `, hrKey.slice(1), hrKey.toUpperCase()]) expect(find(wrong)).toBeUndefined()
  })

  test('every problem of a list is told, and no hash is repeated', () => {
    const problems = problemsOf([
      { ...key, sha256: 'secret' },
      { ...key, id: 'b c', types: ['bina.atendance.*'], key: 'plain' },
    ])
    expect(problems.join('\n')).toMatch(/\/0\/sha256: expected 64 hex digits/)
    expect(problems.join('\n')).toMatch(/\/1\/id: [\s\S]*\/1\/types\/0: expected a type of the contract[\s\S]*\/1: /)
    expect(problems.join('\n')).not.toMatch(/secret|plain/)
  })

  test.each([
    ['no keys', []],
    ['no list', { hr: key }],
    ['two keys of one name', [key, { ...key, sha256: 'b'.repeat(64) }]],
    ['one key for two sources', [key, { ...key, id: 'other', source: 'urn:other', sha256: hash.toUpperCase() }]],
    ['no types', [{ ...key, types: [] }]],
    ['a source that is none', [{ ...key, source: 'not a uri' }]],
  ])('%s is refused', (_, keys) => {
    expect(problemsOf(keys)).toHaveLength(1)
  })

  test('a service configured without keys does not start, and says what it wants', () => {
    const start = (keys: string | undefined) => () =>
      readIngestConfig({ KAFKA_BROKERS: 'localhost:9092', INGEST_KEYS: keys })
    expect(start(undefined)).toThrow(/INGEST_KEYS: expected a JSON array of keys \(it is not set\)/)
    expect(start(JSON.stringify([{ ...key, sha256: 'x' }]))).toThrow(
      /INGEST_KEYS: \/0\/sha256: expected 64 hex digits.*the value given is not shown/,
    )
    expect(start(keysJson)().INGEST_KEYS).toHaveLength(2)
  })
})
