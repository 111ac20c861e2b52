import { readFileSync } from 'node:fs'

/**
 * The text of a file of queries/: one question each, values bound, never put in. `{{name}}` stands for another of these files, so that
 * two questions about one thing are asked in the same words.
 */
export function queryFile(name: string): string {
  const text = readFileSync(new URL(`../queries/${name}.sql`, import.meta.url), 'utf8')
  return text.replace(/\{\{([\w.]+)\}\}/g, (_, part: string) => queryFile(part))
}
