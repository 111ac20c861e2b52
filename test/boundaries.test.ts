import { describe, expect, it } from 'vitest'
import { importsIn, type SourceFile, sourceFiles } from './repository/source-files.ts'

// The import law: what each part may know of. ARCHITECTURE.md says why.

const files = sourceFiles()
const code = files.filter(({ isTest }) => !isTest)
const where = (file: SourceFile, from: string) => `${file.path} imports ${from}`

/** Packages of ours that a package may import. Services may import every package but those for development and tests. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/domain': [],
  'packages/events': ['domain'],
  'packages/scoring': ['domain', 'events'],
  'packages/reporting': ['domain', 'events', 'scoring'],
  // The use cases own the ports, so they know no adapter.
  'packages/pipeline': ['domain', 'events', 'scoring', 'reporting'],
  // Adapters fulfil the ports: their types, the rows that are folded, and the words in which touches are written.
  'packages/kafka': ['domain', 'events', 'pipeline/ports', 'pipeline/fold', 'pipeline/score'],
  'packages/clickhouse': ['domain', 'events', 'pipeline/ports', 'pipeline/fold', 'pipeline/score'],
  'packages/mailer': ['domain', 'events', 'pipeline/ports'],
  // Prints what reporting lays out, from its view models and charts.
  'packages/print': ['reporting', 'pipeline/ports'],
  // The schemas of the scoring policy and of the reports' steps are read with the rest of the policy.
  'packages/runtime': ['domain', 'scoring', 'reporting'],
  'packages/client': ['domain', 'events', 'kafka'],
  'packages/local-stack': ['domain'],
}
const developmentOnly = ['local-stack', 'testkit']
const pure = ['packages/domain', 'packages/events', 'packages/scoring', 'packages/reporting']

const oursIn = (file: SourceFile) => file.imports.filter(({ from }) => from.startsWith('@bina/'))
const packageOf = (from: string) => from.split('/')[1] ?? ''

describe('the import law', () => {
  it('reads the imports of a file, also those over several lines and those that load later', () => {
    const text = [
      "import type { A } from './a.ts'",
      'import {\n  type B,\n  c,\n} from "@bina/x"'.replaceAll('"', "'"),
      "import './effect.ts'",
      "export { d } from '../d.ts'",
      "// import { no } from 'comment'",
      "const later = await import('./later.ts')",
    ].join('\n')
    expect(importsIn(text)).toEqual([
      { from: './a.ts', typeOnly: true },
      { from: '@bina/x', typeOnly: false },
      { from: './effect.ts', typeOnly: false },
      { from: '../d.ts', typeOnly: false },
      { from: './later.ts', typeOnly: false },
    ])
  })

  it('lets a package know only of those that it may', () => {
    const broken = code
      .filter(({ part }) => part in mayImport)
      .flatMap((file) => {
        const allowed = mayImport[file.part] ?? []
        const own = file.part.split('/')[1] ?? ''
        return oursIn(file)
          .filter(({ from }) => ![own, ...allowed].some((name) => from.startsWith(`@bina/${name}/`)))
          .map(({ from }) => where(file, from))
      })
    expect(broken).toEqual([])
  })

  it('has a law for every package', () => {
    const parts = new Set(code.map(({ part }) => part).filter((part) => part.startsWith('packages/')))
    expect([...parts].filter((part) => !(part in mayImport) && part !== 'packages/testkit')).toEqual([])
  })

  it('takes types alone from the ports and folds; only the encoding of touches is shared as code', () => {
    const broken = code
      .filter(({ part }) => part === 'packages/kafka' || part === 'packages/clickhouse' || part === 'packages/mailer')
      .flatMap((file) =>
        oursIn(file)
          .filter(
            ({ from, typeOnly }) =>
              from.startsWith('@bina/pipeline/') && !typeOnly && from !== '@bina/pipeline/score/touched-message',
          )
          .map(({ from }) => where(file, from)),
      )
    expect(broken).toEqual([])
  })

  it('keeps services apart: only the command knows of others, and only it of the local servers', () => {
    const services = new Set(
      code.filter(({ part }) => part.startsWith('services/')).map(({ part }) => part.split('/')[1] ?? ''),
    )
    const broken = code
      .filter(({ part }) => part.startsWith('services/') && part !== 'services/cli')
      .flatMap((file) =>
        oursIn(file)
          .filter(({ from }) => {
            const name = packageOf(from)
            return developmentOnly.includes(name) || (services.has(name) && `services/${name}` !== file.part)
          })
          .map(({ from }) => where(file, from)),
      )
    expect(broken).toEqual([])
  })

  it('lets no package know of a service', () => {
    const services = new Set(
      code.filter(({ part }) => part.startsWith('services/')).map(({ part }) => part.split('/')[1] ?? ''),
    )
    const broken = files
      .filter(({ part }) => part.startsWith('packages/'))
      .flatMap((file) =>
        oursIn(file)
          .filter(({ from }) => services.has(packageOf(from)))
          .map(({ from }) => where(file, from)),
      )
    expect(broken).toEqual([])
  })

  it('lets nobody reach into another part by a path', () => {
    const broken = code
      .filter(({ part }) => part.startsWith('packages/') || part.startsWith('services/'))
      .flatMap((file) =>
        file.imports
          .filter(({ from }) => from.startsWith('.'))
          .filter(({ from }) => {
            const target = new URL(from, `file:///${file.path}`).pathname.slice(1)
            // The contract's documents are made from code and belong to no part.
            return !target.startsWith(`${file.part}/`) && !target.startsWith('docs/contract/')
          })
          .map(({ from }) => where(file, from)),
      )
    expect(broken).toEqual([])
  })
})

describe('the pure core', () => {
  // Both are functions of their input alone: is this UTF-8, and what is its hash. Nothing of the world.
  const harmless: Readonly<Record<string, readonly string[]>> = { 'packages/events': ['node:buffer', 'node:crypto'] }

  it('touches no file, no network, no clock: it imports nothing of Node', () => {
    const broken = code
      .filter(({ part }) => pure.includes(part))
      .flatMap((file) =>
        file.imports
          .filter(
            ({ from, typeOnly }) =>
              from.startsWith('node:') && !typeOnly && !(harmless[file.part] ?? []).includes(from),
          )
          .map(({ from }) => where(file, from)),
      )
    expect(broken).toEqual([])
  })

  it('is told the time, and never asks for it', () => {
    const broken = code
      .filter(({ part }) => [...pure, 'packages/pipeline'].includes(part))
      .filter(({ text }) => /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/.test(text))
      .map(({ path }) => path)
    expect(broken).toEqual([])
  })
})

describe('the edge', () => {
  const ownedBy: Readonly<Record<string, string | readonly string[]>> = {
    kafkajs: 'packages/kafka',
    '@clickhouse/client': 'packages/clickhouse',
    nodemailer: 'packages/mailer',
    '@resvg/resvg-js': 'packages/print',
    '@myriaddreamin/typst-ts-node-compiler': 'packages/print',
    'd3-scale': 'packages/reporting',
    'd3-shape': 'packages/reporting',
    'prom-client': 'packages/runtime',
    pino: 'packages/runtime',
    chdb: 'packages/local-stack',
    'ffi-rs': 'packages/local-stack',
    'smtp-server': 'packages/local-stack',
    // Returned mails are read; the outbox of development, which the product does not know, reads what was sent.
    mailparser: ['packages/mailer', 'packages/local-stack'],
  }

  it('knows each client of the world in one package alone', () => {
    const broken = code.flatMap((file) =>
      file.imports
        .filter(({ from }) => from in ownedBy && ![ownedBy[from]].flat().includes(file.part))
        .map(({ from }) => where(file, from)),
    )
    expect(broken).toEqual([])
  })

  it('reads the environment in one place of each process', () => {
    const mayRead = [
      /^packages\/runtime\//,
      /^services\/[\w-]+\/src\/main\.ts$/,
      /^services\/cli\/src\/city\/supervisor\.ts$/,
      /^infra\//,
      // It is started as a process of its own, and says in which zone that runs.
      /^packages\/local-stack\/launch\//,
    ]
    const broken = code
      .filter(({ text }) => /\bprocess\.env\b/.test(text))
      .filter(({ path }) => !mayRead.some((pattern) => pattern.test(path)))
      .map(({ path }) => path)
    expect(broken).toEqual([])
  })
})

describe('a file', () => {
  it.each([
    ['code', 400, code],
    // Tables of cases run longer than the code that they try.
    ['a test', 600, files.filter(({ isTest }) => isTest)],
  ] as const)('of %s has at most %i lines', (_, most, these) => {
    const long = these.filter(({ text }) => text.split('\n').length - 1 > most).map(({ path }) => path)
    expect(long).toEqual([])
  })

  it('is named in words with hyphens, and says what it holds', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|manager|index)\.tsx?$/
    const named = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|tsx|mjs)$/
    const broken = files
      .filter(({ path }) => vague.test(path) || !named.test(path.split('/').at(-1) ?? ''))
      .map(({ path }) => path)
    expect(broken).toEqual([])
  })

  it('gives names to what it exports', () => {
    const broken = code
      .filter(({ part }) => part.startsWith('packages/') || part.startsWith('services/'))
      .filter(({ text }) => /^export default /m.test(text))
      .map(({ path }) => path)
    expect(broken).toEqual([])
  })
})
