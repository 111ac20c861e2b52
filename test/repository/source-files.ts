import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface SourceFile {
  /** From the repository's root, such as packages/domain/src/week.ts. */
  readonly path: string
  /** packages/domain, services/cli, infra, test. */
  readonly part: string
  readonly text: string
  /** A test, or what only tests use. */
  readonly isTest: boolean
  readonly imports: readonly Import[]
}

export interface Import {
  readonly from: string
  /** Gone at run time. */
  readonly typeOnly: boolean
}

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every source file of the repository, generated and installed ones left out. */
export function sourceFiles(): readonly SourceFile[] {
  return ['packages', 'services', 'infra', 'test'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((name) => `${top}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !/\.d\.mts$|(^|\/)(node_modules|dist|generated)\//.test(path))
      .toSorted()
      .map((path) => {
        const text = readFileSync(join(root, path), 'utf8')
        return { path, part: partOf(path), text, isTest: isTest(path), imports: importsIn(text) }
      }),
  )
}

function partOf(path: string): string {
  const [top = '', name = ''] = path.split('/')
  return top === 'packages' || top === 'services' ? `${top}/${name}` : top
}

/** `x.test.ts`, what stands in fixtures/, and files whose name says that tests use them. */
function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/fixtures\/|^packages\/testkit\/|^test\/|\/(test-[\w-]+|golden-[\w-]+|small-mapping|fixture-calendar)\.ts$/.test(
    path,
  )
}

const staticImport = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm
const dynamicImport = /\bimport\(\s*'([^']+)'\s*\)/g

export function importsIn(text: string): readonly Import[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [
    ...[...bare.matchAll(staticImport)].map(([, type, from = '']) => ({ from, typeOnly: type !== undefined })),
    ...[...bare.matchAll(dynamicImport)].map(([, from = '']) => ({ from, typeOnly: false })),
  ]
}
