import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = (name: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}node_modules/${name}`, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, said: `${stdout}${stderr}`.trim() }
}

describe('the code', () => {
  it('keeps every type', () => {
    expect(run('typescript/bin/tsc', '-p', 'tsconfig.json')).toEqual({ status: 0, said: '' })
  })

  it('is formatted and free of what the linter finds', () => {
    const { status, said } = run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')
    expect(status, said).toBe(0)
  })
})
