import { describe, expect, it } from 'vitest'
import { namesByBytes } from './select-by-names.ts'

describe('names for one question', () => {
  it('travel together while they are short, and not at all when there are none', () => {
    expect(namesByBytes({ units: ['a', 'b'] }, 100)).toEqual([{ units: ['a', 'b'] }])
    expect(namesByBytes({ units: [] }, 100)).toEqual([])
  })

  it('are parted in order, by the bytes that they take with their quotes, commas and escapes', () => {
    expect(namesByBytes({ ids: ['aaa', 'bbb', 'ccc'] }, 12)).toEqual([{ ids: ['aaa', 'bbb'] }, { ids: ['ccc'] }])
    expect(namesByBytes({ ids: ['aaa', 'bbb', 'ccc'] }, 11)).toHaveLength(3)
    expect(namesByBytes({ ids: ["'''", '\\\\\\'] }, 12)).toHaveLength(2)
    expect(namesByBytes({ ids: ['ééé', 'é'] }, 13)).toHaveLength(2)
  })

  it('keep what belongs together at one place, cut where the longer of the two needs it', () => {
    expect(namesByBytes({ sources: ['s', 's', 's'], ids: ['aaaa', 'b', 'cccc'] }, 11)).toEqual([
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
