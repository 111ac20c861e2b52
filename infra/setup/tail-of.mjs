import { readFile } from 'node:fs/promises'

/** The last lines of a file, empty ones left out. */
export async function tailOf(file, lines) {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .join('\n')
}
