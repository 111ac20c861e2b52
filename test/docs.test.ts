import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createProgram } from '@bina/cli/program'
import { deadLetterReasons } from '@bina/events/dead-letter-reason'
import { topics } from '@bina/events/topics'
import { reportVariables } from '@bina/report-cron/config'
import { MEASURE_IDS } from '@bina/scoring/measure-id'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configGroups } from '../infra/generate/config-groups.ts'
import { contractViews } from '../infra/generate/contract-views.ts'
import { metricsInCode } from './repository/metrics-in-code.ts'
import { root, sourceFiles } from './repository/source-files.ts'

// What the documents say is there, and what is there is in the documents.

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const code = sourceFiles().filter(({ isTest }) => !isTest)
const variables = configGroups().flatMap((group) => group.variables)
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'policy', 'services', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => `${folder}/${name}`),
  ),
]

/** The lines of a page that stand in code, between backticks or in a block. */
const codeIn = (text: string): string =>
  [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([part]) => part).join('\n')

describe('every variable', () => {
  it('that a process reads is in docs/configuration.md and in .env.example', () => {
    const page = read('docs/configuration.md')
    const example = read('.env.example')
    expect(variables.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([])
    expect(
      variables.filter(({ name }) => !new RegExp(`^(# )?${name}=`, 'm').test(example)).map(({ name }) => name),
    ).toEqual([])
  })

  it('that has a schema anywhere is among them', () => {
    const known = new Set(variables.map(({ name }) => name))
    const declared = code.flatMap(({ text }) =>
      [...text.matchAll(/^\s+([A-Z][A-Z0-9_]+): variable\(/gm)].map(([, name = '']) => name),
    )
    expect(declared.length).toBeGreaterThan(30)
    expect(declared.filter((name) => !known.has(name))).toEqual([])
  })

  it('that is a secret has no value in .env.example', () => {
    const example = read('.env.example')
    const filled = variables.filter(
      ({ name, secret }) => secret === true && new RegExp(`^(# )?${name}=.`, 'm').test(example),
    )
    expect(filled.map(({ name }) => name)).toEqual([])
  })
})

describe('docs/operations.md', () => {
  const page = read('docs/operations.md')

  it('has every topic, with its partitions', () => {
    const missing = topics.filter(
      ({ name, partitions }) => !new RegExp(`^\\| \`${name}\` \\|[^|]*\\| ${partitions} \\|`, 'm').test(page),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it('has every metric, and no other', () => {
    const counted = metricsInCode().map(({ name }) => name)
    const told = [...page.matchAll(/^\| `([a-z0-9_]+)` \|/gm)].map(([, name = '']) => name)
    expect(counted.length).toBeGreaterThan(10)
    expect(told.toSorted()).toEqual([...new Set(counted)].toSorted())
  })
})

describe('the words of the contract', () => {
  it('are explained: every column of every view', () => {
    const page = read('docs/data-dictionary.md')
    const views = contractViews()
    expect(views.length).toBeGreaterThan(10)
    for (const { name, columns } of views) {
      const section = page.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? ''
      expect(
        columns.filter((column) => !section.includes(`\`${column.name}\``)).map((column) => `${name}.${column.name}`),
      ).toEqual([])
    }
  })

  it('are explained: every measure', () => {
    const page = read('docs/glossary.md')
    const ids = new Set(MEASURE_IDS.map((id) => id.split('.')[0] ?? id))
    expect([...ids].filter((id) => !page.includes(`| \`${id}\` |`))).toEqual([])
  })

  it('are explained: every reason of a dead letter', () => {
    const page = read('docs/runbook.md')
    expect(deadLetterReasons.filter((reason) => !page.includes(`| \`${reason}\` |`))).toEqual([])
  })
})

describe('a page', () => {
  // policy/README.md speaks of commands of the contract that are still to come.
  const commands = commandNames()
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)

  it.each(pages)('%s names only commands that there are', (page) => {
    const text = codeIn(read(page))
    const named = [...text.matchAll(/(?<![\w/@-])bina ((?:[a-z][a-z-]*)(?: (?:[a-z][a-z-]*))?)/g)].map(
      ([, words = '']) => words,
    )
    const unknown = named.filter((words) => !commands.has(words) && !commands.has(words.split(' ')[0] ?? ''))
    const npm = [...text.matchAll(/npm run ([a-z:]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !scripts.includes(name))
    expect([...unknown, ...npm]).toEqual([])
  })

  it.each(pages)('%s links to what is there', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target)
    const missing = targets.filter(
      (target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(page), target)),
    )
    expect(missing).toEqual([])
  })

  it.each(pages)('%s names only variables that there are', (page) => {
    const known = new Set(variables.flatMap(({ name }) => [name, `${name}_FILE`]))
    const named =
      codeIn(read(page)).match(
        /\b(?:BINA|KAFKA|CLICKHOUSE|SINK|SCORE|REPORT|INGEST|MAILPIT|PROMETHEUS|OPERATIONS|SMTP|MAIL|PORTAL|PUBLIC)_[A-Z0-9_]+\b/g,
      ) ?? []
    // What `bina up` prints for the user's own shell.
    const printed = ['BINA_INGEST_KEY', 'INGEST_URL']
    expect(named.filter((name) => !known.has(name) && !printed.includes(name))).toEqual([])
  })
})

describe('docker-compose.yml', () => {
  interface Compose {
    readonly name?: string
    readonly services: Readonly<
      Record<
        string,
        {
          readonly image: string
          readonly ports?: readonly string[]
          readonly mem_limit?: string
          readonly command?: readonly string[]
          readonly stop_grace_period?: string
          readonly environment?: Readonly<Record<string, unknown>>
        }
      >
    >
  }
  const text = read('docker-compose.yml')
  const compose = parse(text, { merge: true }) as Compose

  it('pins every image', () => {
    const loose = Object.values(compose.services).filter(({ image }) => !/:v?\d+\.\d+/.test(image))
    expect(loose).toEqual([])
    expect(compose.name, 'old versions of Compose refuse it').toBeUndefined()
  })

  it('lets nothing be reached but the door, the mails, their pages and the metrics, and these from this machine alone', () => {
    const open = Object.entries(compose.services).flatMap(([name, { ports }]) =>
      (ports ?? []).map((port) => [name, port] as const),
    )
    expect(open.map(([name]) => name).toSorted()).toEqual(['ingest-api', 'mailpit', 'portal', 'prometheus'])
    expect(open.filter(([, port]) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  it('passes on to report-cron whatever can be set of mails and reports', () => {
    const wanted = Object.keys(reportVariables.shape).filter((name) => /^(MAIL|SMTP|OPERATOR|REPORT)_/.test(name))
    const passed = Object.keys(compose.services['report-cron']?.environment ?? {})
    expect(wanted).toContain('SMTP_DKIM_KEY')
    expect(wanted.filter((name) => !passed.includes(name))).toEqual([])
  })

  it('gives each service more time to stop than it takes', () => {
    const graces = Object.values(compose.services)
      .filter(({ command }) => command?.[0] === 'node')
      .map(({ stop_grace_period: grace }) => Number(/^(\d+)s$/.exec(grace ?? '')?.[1]) * 1000)
    const shutdownMs = Number(variables.find(({ name }) => name === 'SHUTDOWN_TIMEOUT_MS')?.default)
    expect(graces).toHaveLength(6)
    expect(graces.filter((graceMs) => !(graceMs > shutdownMs))).toEqual([])
  })

  it('bounds the memory of each', () => {
    expect(Object.entries(compose.services).filter(([, { mem_limit }]) => mem_limit === undefined)).toEqual([])
  })

  it('asks for no variable that .env.example does not tell of, and has no default for a secret', () => {
    const asked = [...text.matchAll(/\$\{([A-Z_]+)(:[-?])?([^}]*)\}/g)].map(([, name = '', how, rest]) => ({
      name,
      how,
      rest,
    }))
    const known = new Map(variables.map((variable) => [variable.name, variable]))
    expect(asked.filter(({ name }) => !known.has(name)).map(({ name }) => name)).toEqual([])
    // mailpit wants no password, and a city may sign no mails; a former secret is there only for the weeks after a change.
    const mayBeEmpty = ['SMTP_URL', 'SMTP_DKIM_KEY', 'REPORT_LINK_SECRET_PREVIOUS']
    const secrets = asked.filter(({ name }) => known.get(name)?.secret === true && !mayBeEmpty.includes(name))
    expect(secrets.length).toBeGreaterThan(4)
    expect(secrets.filter(({ how }) => how !== ':?')).toEqual([])
  })
})

/** Each command with what stands behind it; a command that has commands of its own is named with one of them. */
function commandNames(): ReadonlySet<string> {
  const program = createProgram(async () => undefined)
  return new Set(
    program.commands.flatMap((command) =>
      // A group has no options of its own; `score` is a command, and a group besides.
      command.commands.length === 0 || command.options.length > 0
        ? [command.name(), ...command.commands.map((sub) => `${command.name()} ${sub.name()}`)]
        : command.commands.map((sub) => `${command.name()} ${sub.name()}`),
    ),
  )
}
