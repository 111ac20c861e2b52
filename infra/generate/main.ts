import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generators } from './generators.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

for (const { path, text } of generators.flatMap((generate) => generate())) {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
  console.log(path)
}
