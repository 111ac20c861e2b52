import { readFileSync } from 'node:fs'

/** The text of a file of queries/: one question each, values bound, never put in. */
export function queryFile(name: string): string {
  return readFileSync(new URL(`../queries/${name}.sql`, import.meta.url), 'utf8')
}
