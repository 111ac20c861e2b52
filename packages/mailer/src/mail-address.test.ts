import { expect, test } from 'vitest'
import { parseMailAddress } from './mail-address.ts'

test.each([
  ['lurah@palembang.example', { name: '', address: 'lurah@palembang.example' }],
  [' Bina <bina@palembang.example> ', { name: 'Bina', address: 'bina@palembang.example' }],
  ['"Bina, Palembang" <bina@palembang.example>', { name: 'Bina, Palembang', address: 'bina@palembang.example' }],
  ['<bina@palembang.example>', { name: '', address: 'bina@palembang.example' }],
])('%s is one address', (text, address) => {
  expect(parseMailAddress(text)).toEqual(address)
})

test.each([
  '',
  'lurah',
  'a@x.example, b@x.example',
  'a@x.example b@x.example',
  'a@x.example\r\nBcc: b@x.example',
  'Bina\r\nBcc: b@x.example <a@x.example>',
  'Bina <a@x.example> <b@x.example>',
  'a@b@x.example',
  `${'a'.repeat(250)}@x.example`,
])('%j is none', (text) => {
  expect(parseMailAddress(text)).toBeUndefined()
})
