import { readdirSync, readFileSync } from 'node:fs'

export interface ViewColumn {
  readonly name: string
  readonly type: string
  readonly comment: string
}

export interface ContractView {
  readonly name: string
  readonly columns: readonly ViewColumn[]
}

const folder = new URL('../../packages/clickhouse/views/', import.meta.url)

/** The views that ops teams query, with what each column's COMMENT says. Throws for a column without one. */
export function contractViews(): readonly ContractView[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .flatMap((name) => viewsIn(readFileSync(new URL(name, folder), 'utf8')))
}

export function viewsIn(sql: string): readonly ContractView[] {
  const declarations = sql.matchAll(/CREATE OR REPLACE VIEW (?:IF NOT EXISTS )?(\w+)[^(]*\(\n([\s\S]*?)\n\)/g)
  return [...declarations].map(([, name = '', body = '']) => ({
    name,
    columns: body.split('\n').map((line) => columnIn(line, name)),
  }))
}

function columnIn(line: string, view: string): ViewColumn {
  const [, name, type, comment] = /^\s*(\w+) (.+?) COMMENT '((?:[^']|'')*)',?$/.exec(line) ?? []
  if (name === undefined || type === undefined || comment === undefined) {
    throw new Error(`the view ${view} has a column without a comment: ${line.trim()}`)
  }
  return { name, type, comment: comment.replaceAll("''", "'") }
}
