import { expect, test } from 'vitest'
import { plainLine } from './plain-line.ts'

test.each([
  ['Bukit\r\nBcc: x Lama', 'Bukit Bcc: x Lama'],
  ['Bukit\u0000\u001b[31mLama', 'Bukit [31mLama'],
  ['Bukit\u2028Lama\u0085', 'Bukit Lama'],
  ['\u202eamaL\u202c \u2066Bukit\u2069', 'amaL Bukit'],
  ['  3-4   Ulu\t', '3-4 Ulu'],
  ["Kampung Ma'ruf, Jl. 9/10", "Kampung Ma'ruf, Jl. 9/10"],
])('%j is shown as %j', (text, line) => {
  expect(plainLine(text)).toBe(line)
})
