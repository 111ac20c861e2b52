import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'

// Tests only: the city's rules in a folder of their own, to be changed.

export async function copyPolicy(policyDir: string) {
  const dir = await mkdtemp(join(tmpdir(), 'bina-policy-'))
  await cp(policyDir, dir, { recursive: true })
  return {
    dir,
    /** Says something else in one place of a file; fails where the file does not say `from`. */
    replace: async (file: string, from: string, to: string) => {
      const text = await readFile(join(dir, file), 'utf8')
      expect(text).toContain(from)
      await writeFile(join(dir, file), text.replace(from, to))
    },
    remove: () => rm(dir, { recursive: true }),
  }
}
