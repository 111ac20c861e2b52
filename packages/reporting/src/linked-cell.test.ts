import { expect, test } from 'vitest'
import { linkedCell } from './linked-cell.ts'

test('a case leads to its system, and nowhere that a mail must not lead to', () => {
  const url = 'https://lapor.example/kasus/PLB-1?unit=16.71&x=%2F'
  expect(linkedCell('PLB-1', url)).toEqual({ text: 'PLB-1', url })
  expect(linkedCell('PLB-1', undefined)).toBe('PLB-1')
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '/kasus/1', 'https://a b', 'https://a"onclick="', ''])
    expect(linkedCell('PLB-1', bad)).toBe('PLB-1')
})
