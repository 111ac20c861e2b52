import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { checkMachine } from '@bina/local-stack/check-machine'
import { type Check, fail, ok, warn } from './check.ts'

const gib = 1024 ** 3
/** What the local servers take at their start, and what is left when a machine is about to stop working. */
const disk = { plentyBytes: 1.5 * gib, leastBytes: 0.2 * gib }

/** Node; what local servers need, where they are the ones that would be used; room for their data. */
export async function machineChecks(machine: {
  readonly dataDir: string
  readonly localKafka: boolean
  readonly localClickHouse: boolean
}): Promise<readonly Check[]> {
  const { dataDir, localKafka, localClickHouse } = machine
  const problems = await checkMachine({ kafka: localKafka, clickhouse: localClickHouse, disks: [] })
  const checks = problems.map(({ code, message }) => {
    const [found = message, ...advice] = message.split(': ')
    return fail(code.split('_')[0] ?? code, `${found}.`, advice.join(': '))
  })
  if (!problems.some(({ code }) => code === 'node_too_old'))
    checks.unshift(ok('node', `Node ${process.versions.node}.`))
  if (localKafka && problems.length === 0) checks.push(ok('java', 'Java and Maven are there for the local Kafka.'))
  return [...checks, diskCheck(dataDir, await freeBytesOf(dataDir))]
}

export function diskCheck(dataDir: string, freeBytes: number): Check {
  const found = `${(freeBytes / gib).toFixed(1)} GB are free for ${dataDir}`
  if (freeBytes >= disk.plentyBytes) return ok('disk', `${found}.`)
  const next = `Make room there; what is full shows: df -h ${dataDir}`
  if (freeBytes >= disk.leastBytes) return warn('disk', `Only ${found}.`, next)
  return fail('disk', `Only ${found}: servers stop when a disk is full.`, next)
}

async function freeBytesOf(dir: string): Promise<number> {
  let existing = resolve(dir)
  while (!existsSync(existing)) existing = dirname(existing)
  const { bavail, bsize } = await statfs(existing)
  return bavail * bsize
}
