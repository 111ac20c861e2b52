import { type ConfigVariable, configGroups } from './config-groups.ts'
import type { GeneratedFile } from './generated-file.ts'
import { wrapComment } from './wrap-comment.ts'

/** `.env.example` and docs/configuration.md, from the schemas that the services read their configuration by. */
export function configDocuments(): readonly GeneratedFile[] {
  return [
    { path: '.env.example', text: envExample() },
    { path: 'docs/configuration.md', text: configurationPage() },
  ]
}

/** Secrets stand without a value, so that nothing starts with one that everybody knows; what has a default is commented out. */
function envExample(): string {
  const blocks = configGroups().map(({ title, about, variables }) =>
    [`# ---- ${title}: ${about}`, ...variables.map(envEntry)].join('\n\n'),
  )
  return `${[header, ...blocks].join('\n\n\n')}\n`
}

const header = [
  "# Made by `npm run generate` from the services' own schemas. Copy it to .env and fill in each line marked CHANGEME;",
  '# what is commented out has the default shown, or is set by docker-compose.yml. A secret may also stand in a file:',
  '# set NAME_FILE to its path instead of NAME. All of it in a table: docs/configuration.md',
].join('\n')

function envEntry({ name, summary, example, secret, required, default: byDefault }: ConfigVariable): string {
  const lines = wrapComment(summary)
  const value = byDefault ?? example
  if (composeNeeds.has(name)) {
    return [...lines, `# CHANGEME  ${secretHint(name)}`, `${name}=`].join('\n')
  }
  if (secret === true) return [...lines, '# CHANGEME where it is needed', `# ${name}=`].join('\n')
  const note =
    byDefault !== undefined
      ? []
      : [required ? '# Needed; docker-compose.yml sets it.' : '# Empty when absent; an example:']
  return [...lines, ...note, `# ${name}=${value}`].join('\n')
}

/** docker-compose.yml refuses to start without these. */
export const composeNeeds: ReadonlySet<string> = new Set([
  'CLICKHOUSE_PASSWORD',
  'CLICKHOUSE_PORTAL_PASSWORD',
  'CLICKHOUSE_OPS_PASSWORD',
  'CLICKHOUSE_HR_PASSWORD',
  'CLICKHOUSE_INSPECTORATE_PASSWORD',
  'CLICKHOUSE_RAW_PASSWORD',
  'INGEST_KEYS',
  'REPORT_LINK_SECRET',
])

const secretHint = (name: string) =>
  name === 'INGEST_KEYS'
    ? 'in single quotes, one line; services/ingest-api/README.md says how to make a key'
    : 'make one with: openssl rand -hex 24'

function configurationPage(): string {
  const tables = configGroups().map(({ title, about, variables }) =>
    [
      `## ${title}`,
      about,
      '',
      '| variable | what it is | default | example | read by |',
      '|---|---|---|---|---|',
      ...variables.map(tableRow),
    ].join('\n'),
  )
  return `${[pageIntro, ...tables].join('\n\n')}\n`
}

const pageIntro = `# Configuration

Made by \`npm run generate\` from the schemas in \`packages/runtime/src/variables.ts\` and \`services/*/src/config.ts\`; a test fails when
they differ. Everything is read from the environment, once, at the start. A value that cannot be used stops the process with exit
code 2 and names every problem at once. \`npx bina check-config\` reads it all as the services would, without starting anything.

A variable marked **secret** may stand in a file instead: set \`<NAME>_FILE\` to its path. An empty variable counts as absent.`

function tableRow({ name, summary, example, secret, required, default: byDefault, readBy }: ConfigVariable): string {
  const cells = [
    `\`${name}\`${secret === true ? ' **secret**' : ''}`,
    summary,
    required ? '**needed**' : byDefault === undefined ? '' : `\`${byDefault}\``,
    `\`${example}\``,
    readBy.join(', '),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
