// Takes the local servers out of the manifests and the lock of an image's build context: ClickHouse's library alone is 543 MB, and no
// service needs any of it. `npm ci --omit=optional` would not do: the Kafka codecs' prebuilt binaries are optional packages as well.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { lockWithout } from './lock-without.mjs'

const left = ['packages/local-stack', 'packages/testkit']
const root = process.argv[2] ?? '.'
const lockFile = join(root, 'package-lock.json')

const lock = lockWithout(JSON.parse(await readFile(lockFile, 'utf8')), left)
await writeFile(lockFile, JSON.stringify(lock, null, 2))
for (const path of left) await rm(join(root, path), { recursive: true, force: true })
for (const path of Object.keys(lock.packages).filter((name) => /^(packages|services)\//.test(name))) {
  const file = join(root, path, 'package.json')
  const manifest = JSON.parse(await readFile(file, 'utf8'))
  const { dependencies } = lock.packages[path]
  await writeFile(file, JSON.stringify({ ...manifest, ...(dependencies && { dependencies }) }, null, 2))
}
