import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const RUN_CHILD = fileURLToPath(new URL('./run-child.mjs', import.meta.url))

/** A run of one child, as `npm run demo` has: the outer process only passes signals in and the exit code out. */
function runOuter(child: string) {
  const script = `const { runChild } = await import(${JSON.stringify(RUN_CHILD)})
process.exitCode = await runChild(process.execPath, ['-e', ${JSON.stringify(child)}], { cwd: '.' })`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test("the child's exit code is the run's exit code", async () => {
  expect(await once(runOuter('process.exit(3)'), 'exit')).toEqual([3, null])
})

test('a Ctrl-C that arrives twice is heard once, so that the child can end tidily', async () => {
  const outer = runOuter(`let heard = 0
process.on('SIGINT', () => { heard++; setTimeout(() => { console.log(heard); process.exit(0) }, 300) })
setInterval(() => {}, 1000)
console.log('up')`)
  const said: string[] = []
  outer.stdout.on('data', (chunk) => said.push(String(chunk)))
  await once(outer.stdout, 'data')
  outer.kill('SIGINT')
  outer.kill('SIGINT')
  expect(await once(outer, 'exit')).toEqual([0, null])
  expect(said.join('')).toBe('up\n1\n')
})

test('a child that a signal ends gives 128 and the number of the signal', async () => {
  const outer = runOuter("console.log('up'); setInterval(() => {}, 1000)")
  await once(outer.stdout, 'data')
  outer.kill('SIGTERM')
  expect(await once(outer, 'exit')).toEqual([143, null])
})
