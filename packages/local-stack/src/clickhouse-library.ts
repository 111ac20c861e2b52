import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { LocalStackError } from './local-stack-error.ts'

const LIBRARY = 'libchdb.so'

/** Name of the npm package with ClickHouse's library for a platform; undefined where there is none (Windows, musl). */
export function libraryPackage(platform: string, arch: string): string | undefined {
  if (arch !== 'x64' && arch !== 'arm64') return undefined
  switch (platform) {
    case 'linux':
      return `@chdb/lib-linux-${arch}-gnu`
    case 'darwin':
      return `@chdb/lib-darwin-${arch}`
    default:
      return undefined
  }
}

export interface ClickHouseLibrary {
  readonly libraryFile: string
  /** Entry file of ffi-rs, which calls the library. */
  readonly ffiFile: string
}

/** Finds what optional dependencies brought. Throws LocalStackError: unsupported_platform, clickhouse_library_missing. */
export function findClickHouseLibrary(platform = process.platform, arch = process.arch): ClickHouseLibrary {
  const name = libraryPackage(platform, arch)
  if (name === undefined) {
    throw new LocalStackError(
      'unsupported_platform',
      `There is no embedded ClickHouse for ${platform} ${arch}: set CLICKHOUSE_URL to a server of your own.`,
    )
  }
  const here = createRequire(import.meta.url)
  const chdb = resolveFrom(here, 'chdb/package.json')
  const library = chdb && resolveFrom(createRequire(chdb), `${name}/package.json`)
  const libraryFile = library && join(dirname(library), LIBRARY)
  const ffiFile = resolveFrom(here, 'ffi-rs')
  if (libraryFile === undefined || !existsSync(libraryFile) || ffiFile === undefined) {
    throw new LocalStackError(
      'clickhouse_library_missing',
      `The embedded ClickHouse (${name}, ffi-rs) is not installed: run npm install --include=optional`,
    )
  }
  return { libraryFile, ffiFile }
}

function resolveFrom(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}
