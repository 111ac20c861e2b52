import { expect, it } from 'vitest'
import { createMemory } from './memory.ts'

it('judges the same counts once, and forgets those that were not asked for lately before it would grow without end', () => {
  const made: string[] = []
  const memory = createMemory<string>(4)
  const ask = (key: string) =>
    memory(key, () => {
      made.push(key)
      return key.toUpperCase()
    })
  expect(['a', 'b', 'a', 'c', 'a'].map(ask)).toEqual(['A', 'B', 'A', 'C', 'A'])
  expect(made).toEqual(['a', 'b', 'c'])
  expect(['d', 'a', 'b'].map(ask)).toEqual(['D', 'A', 'B'])
  expect(made).toEqual(['a', 'b', 'c', 'd', 'b'])
})
