// Takes what the local servers need out of the manifests and the lock of an image's build context: ClickHouse's library alone is 543 MB,
// and no service needs any of it. `npm ci --omit=optional` would not do: the Kafka codecs' prebuilt binaries are optional as well.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { lockWithoutNeedsOf, withoutNeeds } from './lock-without-needs-of.mjs'

const root = process.argv[2] ?? '.'
const workspace = 'packages/local-stack'
const rewrite = async (file, change) => {
  const path = join(root, file)
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8'))), null, 2))
}

await rewrite('package-lock.json', (lock) => lockWithoutNeedsOf(lock, workspace))
await rewrite(`${workspace}/package.json`, withoutNeeds)
