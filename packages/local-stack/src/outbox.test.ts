import { expect, test } from 'vitest'
import { fileName, recipientIn } from './outbox.ts'

const RAW = Buffer.from('a mail')

test('a plain Message-ID is the name of its file', () => {
  expect(fileName('<2026-W47.16.71.05.1003.id.0@bina.example>', RAW)).toBe('2026-W47.16.71.05.1003.id.0@bina.example')
})

test('a Message-ID can neither leave the outbox nor hide in it nor take the name of another', () => {
  const names = ['<../../etc/passwd>', '<.hidden@x>', '<a/b@x>', '<a_b@x>', '<report@x.2>', '<report@x>'].map((id) =>
    fileName(id, RAW),
  )
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._@+=-]*$/)
  expect(new Set(names).size).toBe(names.length)
  expect(fileName('<report@x.2>', RAW)).not.toBe('report@x.2')
})

test('a Message-ID of any length gives a name that a file system takes', () => {
  expect(fileName(`<${'a'.repeat(1_000)}@x>`, RAW).length).toBeLessThan(200)
})

test('a mail without Message-ID is named after its content', () => {
  expect(fileName(undefined, RAW)).toBe(fileName(undefined, RAW))
  expect(fileName(undefined, RAW)).not.toBe(fileName(undefined, Buffer.from('another mail')))
})

test('names the mail after the office that got it, whatever the address holds', () => {
  expect(recipientIn(['lurah.16-71-05-1003@palembang.example'])).toBe('lurah.16-71-05-1003--')
  expect(recipientIn(['../../etc/passwd@x'])).toBe('__.._etc_passwd--')
  expect(recipientIn([])).toBe('')
})
