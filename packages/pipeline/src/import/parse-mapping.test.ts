import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { MappingError, parseMapping } from './parse-mapping.ts'
import { smallMappingInput } from './small-mapping.ts'

function problemsOf(text: string): readonly string[] {
  try {
    parseMapping(text)
  } catch (error) {
    if (error instanceof MappingError)
      return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)
    throw error
  }
  return []
}

describe('parseMapping', () => {
  test('a whole mapping is taken as it stands', () => {
    expect(parseMapping(stringify(smallMappingInput))).toMatchObject({ zone: 'America/New_York', rows: { only: [] } })
  })

  test('every problem is told at once, with its line and what was expected', () => {
    const text = stringify(smallMappingInput)
      .replace('America/New_York', 'America/Gotham')
      .replace('yyyy-MM-dd HH:mm', 'yyyy-MM-dd hh:mm')
      .replace('always: light', 'always: lightning')
      .replace('parent: top', 'parent: desk')
      .replace('repaired|fixed', 'repaired|(fixed')
      .replace('list:{No}', 'list:{No')
    const problems = problemsOf(text)
    expect(problems).toHaveLength(6)
    expect(problems[0]).toMatch(/^3 zone: the name of a time zone/)
    expect(problems.join('\n')).toMatch(
      /timeFormat: .*hh needs a[\s\S]*rows\.key: .*brace[\s\S]*units\.desk\.parent: one of .*: top/,
    )
    expect(problems.join('\n')).toMatch(
      /received\.slaClass\.always: [\s\S]*resolved\.outcomes\.0\.matches: a regular expression/,
    )
  })

  test('a rule that says both or nothing is refused', () => {
    const text = stringify({
      ...smallMappingInput,
      rows: { key: '{No}', only: [{ column: 'Kind' }] },
      received: { ...smallMappingInput.received, kind: { always: 'complaint', column: 'Kind' } },
    })
    expect(problemsOf(text).join('\n')).toMatch(
      /rows\.only\.0: exactly one of oneOf and matches[\s\S]*received\.kind: either always, or column/,
    )
  })

  test('text that is no YAML is told with its line', () => {
    expect(problemsOf('version: 1\nzone: [\n')[0]).toMatch(/^[23] : /)
    expect(problemsOf('')).toHaveLength(1)
  })

  test('a misspelt key is an error, since a rule that is never read is a rule that is not kept', () => {
    expect(problemsOf(stringify({ ...smallMappingInput, zones: 'x' })).join()).toContain('zones')
  })
})
