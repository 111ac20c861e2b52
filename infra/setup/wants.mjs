import { existsSync } from 'node:fs'
import { join } from 'node:path'

const GB = 1024 ** 3

/**
 * What a machine needs for a run: the embedded servers that are not somebody else's, and disk for what is not there yet. The packages
 * take 1.5 GB, most of it ClickHouse's library, npm keeps a copy of what it fetched, and a run's data are well below 1 GB.
 */
export function machineWants({ root, dataDir, env }, exists = existsSync) {
  const kafka = !env.KAFKA_BROKERS
  const clickhouse = !env.CLICKHOUSE_URL
  const installed = exists(join(root, 'node_modules/.package-lock.json'))
  const inRoot = dataDir.startsWith(root)
  const packages = { dir: root, neededBytes: installed ? 0 : 1.5 * GB }
  const data = { dir: dataDir, neededBytes: GB }
  const disks = inRoot ? [{ dir: root, neededBytes: packages.neededBytes + data.neededBytes }] : [packages, data]
  return { kafka, clickhouse, disks }
}
