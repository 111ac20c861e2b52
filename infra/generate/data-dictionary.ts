import { type ContractView, contractViews } from './contract-views.ts'
import type { GeneratedFile } from './generated-file.ts'

/** docs/data-dictionary.md, from the COMMENTs of the views: what the database says of itself. */
export function dataDictionary(): readonly GeneratedFile[] {
  const views = contractViews()
  const index = views.map(({ name }) => `[${name}](#${name})`).join(' · ')
  return [{ path: 'docs/data-dictionary.md', text: `${[intro, index, ...views.map(section)].join('\n\n')}\n` }]
}

const intro = `# Data dictionary

Made by \`npm run generate\` from the COMMENTs of \`packages/clickhouse/views/\`; a test fails when they differ. These views of the
database \`bina\` are the contract with whoever queries it: each is right at any moment, without FINAL, and never shows a duplicate.
Tables that end in \`_store\` and whatever else is in the database are inside matters and change without notice. Who may read what:
[privacy.md](privacy.md). What A1 to K3 are: [glossary.md](glossary.md). Instants are UTC, dates are dates in the city's zone.`

function section({ name, columns }: ContractView): string {
  const rows = columns.map(({ name: column, type, comment }) => `| \`${column}\` | \`${type}\` | ${comment} |`)
  return [`## ${name}`, `| column | type | what it is |`, '|---|---|---|', ...rows].join('\n')
}
