import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { generators } from './generators.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = generators.flatMap((generate) => generate())

test.each(files.map((file) => [file.path, file.text]))(
  '%s says what the code says (npm run generate)',
  (path, text) => {
    expect(existsSync(join(root, path)), `${path} is missing`).toBe(true)
    expect(readFileSync(join(root, path), 'utf8')).toBe(text)
  },
)

test('no contract document is left over from a type that is no more', () => {
  const made = files.map((file) => file.path).filter((path) => path.startsWith('docs/contract/schemas/'))
  const kept = readdirSync(join(root, 'docs/contract/schemas')).map((name) => `docs/contract/schemas/${name}`)
  expect(kept.toSorted()).toEqual(made.toSorted())
})
