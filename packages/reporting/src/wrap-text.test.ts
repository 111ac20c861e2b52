import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

test('a line is broken before the word that would not fit', () => {
  expect(wrapText('one two three', 7)).toBe('one two\nthree')
})

test('later lines are indented and still fit', () => {
  expect(wrapText('- aa bb cc', 7, '  ')).toBe('- aa bb\n  cc')
  expect(wrapText('aa bb cc', 7, '  ', '  ')).toBe('  aa bb\n  cc')
})

test('a word longer than the line stands alone and whole', () => {
  expect(wrapText('see PLB-2026-104417-A now', 8)).toBe('see\nPLB-2026-104417-A\nnow')
})

test('no word is lost and no line is too long', () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b', '-') })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      const lines = wrapText(words.join(' '), 20, '  ').split('\n')
      expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words)
      expect(lines.every((line) => line.length <= 20)).toBe(true)
    }),
  )
})
