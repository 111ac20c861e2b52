import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { dataFolders, entries, esbuildOptions } from './bundle-options.mjs'
import { type Lock, lockWithoutNeedsOf } from './lock-without-needs-of.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const lock: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const trimmed = lockWithoutNeedsOf(lock, 'packages/local-stack')
const installed = (name: string) => `node_modules/${name}` in trimmed.packages

describe('the packages of the image', () => {
  it('hold nothing of the local servers', () => {
    expect(
      ['chdb', '@chdb/lib-linux-x64-gnu', 'ffi-rs', 'smtp-server'].filter((name) => name in namesOf(lock)),
    ).not.toEqual([])
    expect(
      Object.keys(namesOf(trimmed)).filter((name) => /^(@chdb\/.*|chdb|ffi-rs|@yuuang\/.*|smtp-server)$/.test(name)),
    ).toEqual([])
  })

  it('hold what the Kafka codecs need on each platform', () => {
    expect(installed('@napi-rs/snappy-linux-x64-gnu') || installed('snappy')).toBe(true)
    expect(
      Object.keys(namesOf(trimmed)).filter((name) =>
        /snappy-linux-(x64|arm64)-gnu|lz4-napi-linux-(x64|arm64)-gnu/.test(name),
      ),
    ).toHaveLength(4)
  })

  it('stand in one place, so that one folder serves every bundle', () => {
    expect(
      Object.keys(trimmed.packages).filter((path) => /^(packages|services)\/[^/]+\/node_modules\//.test(path)),
    ).toEqual([])
  })
})

describe.each(entries)('the bundle of %s', (name) => {
  let metafile: Metafile

  beforeAll(async () => {
    const options = esbuildOptions(root, '/dist', name)
    metafile = (await build({ ...options, write: false, sourcemap: false })).metafile
  })

  it('needs only packages that the image has', () => {
    const wanted = new Set(
      Object.values(metafile.outputs).flatMap((output) =>
        output.imports
          .filter(({ external, path }) => external && !path.startsWith('node:'))
          .map(({ path }) => packageOf(path)),
      ),
    )
    expect([...wanted].filter((wantedName) => !installed(wantedName))).toEqual([])
  })

  it('keeps the local servers out of whatever starts without them', () => {
    const reachers = Object.entries(metafile.outputs).filter(([, output]) =>
      Object.keys(output.inputs).some((input) => input.startsWith('no-local-servers:')),
    )
    const startedBy = reachers.flatMap(([file]) => commandsThatLoad(metafile, file))
    // `local-stack` is the servers themselves, which a bench asks for only where it was given none.
    expect(startedBy.filter((command) => !['up', 'demo', 'supervisor', 'local-stack'].includes(command))).toEqual([])
  })

  it('finds its SQL beside it', () => {
    expect(dataFolders.every(({ from }) => existsSync(join(root, from)))).toBe(true)
    const reads = Object.keys(metafile.inputs).some((path) => path.startsWith('packages/clickhouse/src/'))
    expect(reads).toBe(name !== 'ingest-api')
  })
})

function namesOf({ packages }: Lock): Readonly<Record<string, true>> {
  return Object.fromEntries(Object.keys(packages).map((path) => [path.replace(/^.*node_modules\//, ''), true]))
}

function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Names of the entry points (commands, or the process itself) whose static imports lead to an output. */
function commandsThatLoad({ outputs }: Metafile, file: string): readonly string[] {
  const seen = new Set<string>()
  const found: string[] = []
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const entryPoint = outputs[path]?.entryPoint
    if (entryPoint !== undefined) found.push(entryPoint.replace(/^.*\/|\.ts$/g, ''))
    for (const [other, { imports }] of Object.entries(outputs)) {
      if (imports.some((one) => one.path === path && one.kind === 'import-statement')) visit(other)
    }
  }
  visit(file)
  return found
}
