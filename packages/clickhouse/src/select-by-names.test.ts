import { describe, expect, it } from 'vitest'
import { namesByBytes } from './select-by-names.ts'

describe('names for one question', () => {
  it('travel together while they are short, and not at all when there are none', () => {
    expect(namesByBytes({ units: ['a', 'b'] }, 100)).toEqual([{ units: ['a', 'b'] }])
    expect(namesByBytes({ units: [] }, 100)).toEqual([])
  })

  it('are parted in order, by the bytes that they take in an address', () => {
    expect(namesByBytes({ ids: ['aaa', 'bbb', 'ccc'] }, 24)).toEqual([{ ids: ['aaa', 'bbb'] }, { ids: ['ccc'] }])
    expect(namesByBytes({ ids: ['aaa', 'bbb', 'ccc'] }, 23)).toHaveLength(3)
  })

  it.each(['plain-1._', 'day|p/1:2', "it's\\a\ttab\n", 'é', '字', '😀'])('are not measured too short: %s', (name) => {
    const escaped = name.replace(/[\t\n\r'\\]/g, '\\$&')
    const written = new URLSearchParams({ p: `'${escaped}',` }).toString().length - 'p='.length
    expect(namesByBytes({ ids: [name, name] }, written * 2)).toHaveLength(1)
    expect(namesByBytes({ ids: [name, name] }, written * 2 - 1)).toHaveLength(2)
  })

  it('keep what belongs together at one place, cut where the longer of the two needs it', () => {
    expect(namesByBytes({ sources: ['s', 's', 's'], ids: ['aaaa', 'b', 'cccc'] }, 23)).toEqual([
      { sources: ['s', 's'], ids: ['aaaa', 'b'] },
      { sources: ['s'], ids: ['cccc'] },
    ])
  })

  it('that are too long alone go alone: no name is lost', () => {
    expect(namesByBytes({ ids: ['a', 'a long one', 'b'] }, 5)).toEqual([
      { ids: ['a'] },
      { ids: ['a long one'] },
      { ids: ['b'] },
    ])
  })
})
