// Plain JavaScript without dependencies: the set-up uses it in a fresh clone, before anything is installed.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { machineProblems } from './machine-problems.mjs'

const run = promisify(execFile)

/** Looks at this machine and tells what is missing for the servers that are wanted, before anything is started. */
export async function checkMachine({ kafka, clickhouse, disks, ports = [] }) {
  const [javaVersion, mavenVersion, distribution, freeDisks, takenPorts] = await Promise.all([
    kafka ? versionOf('java', ['-version']) : undefined,
    kafka ? versionOf('mvn', ['-v']) : undefined,
    distributionOf(),
    Promise.all(disks.map(async (disk) => ({ ...disk, freeBytes: await freeBytesOf(disk.dir) }))),
    Promise.all(ports.map(async (wanted) => ((await isFree(wanted.port)) ? [] : [wanted]))),
  ])
  const facts = {
    platform: process.platform,
    arch: process.arch,
    musl: process.platform === 'linux' && process.report?.getReport().header.glibcVersionRuntime === undefined,
    distribution,
    nodeVersion: process.versions.node,
    javaVersion,
    mavenVersion,
    disks: freeDisks,
    takenPorts: takenPorts.flat(),
  }
  return machineProblems(facts, { kafka, clickhouse })
}

/** Java speaks on standard error, Maven on standard output, coloured; macOS has a `java` that only says that there is none. */
async function versionOf(command, args) {
  try {
    const { stdout, stderr } = await run(command, args, { timeout: 60_000 })
    return `${stdout}${stderr}`.match(/(?:version "?|Apache Maven )(\d+[\d._]*)/)?.[1]
  } catch {
    return undefined
  }
}

async function distributionOf() {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const names = [...text.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, value]) => value.split(' '))
  return ['ubuntu', 'debian'].find((name) => names.includes(name)) ?? names[0]
}

/** Free space where a directory lies or will lie. */
async function freeBytesOf(dir) {
  let existing = resolve(dir)
  while (!existsSync(existing)) existing = dirname(existing)
  const { bavail, bsize } = await statfs(existing)
  return bavail * bsize
}

function isFree(port) {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })
}
