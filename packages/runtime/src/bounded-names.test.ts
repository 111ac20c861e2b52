import { expect, it } from 'vitest'
import { createBoundedNames } from './bounded-names.ts'

it('keeps the labels few though publishers make up names, and the names that it once gave', () => {
  const labelOf = createBoundedNames(2)
  expect(['urn:hr', 'urn:sp4n', 'urn:made-up-1', 'urn:hr', 'urn:made-up-2', 'urn:sp4n'].map(labelOf)).toEqual([
    'urn:hr',
    'urn:sp4n',
    'other',
    'urn:hr',
    'other',
    'urn:sp4n',
  ])
})
