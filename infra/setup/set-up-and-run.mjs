import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { checkMachine } from '../../packages/local-stack/plain/check-machine.mjs'
import { createProgress } from '../../packages/local-stack/plain/progress.mjs'
import { closingLine, countTests, exitCodeOf } from './count-tests.mjs'
import { installPackages } from './install-packages.mjs'
import { runChild } from './run-child.mjs'
import { machineWants } from './wants.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WITH_TSX = ['--import', 'tsx']

/** Checks the machine, installs what is missing, and runs. Its own words go to standard error alone. Gives the exit code. */
export async function setUpAndRun([command, ...args]) {
  if (!['demo', 'bench', 'test'].includes(command)) {
    console.error('usage: node infra/setup/run.mjs demo|bench|test [arguments]')
    return 2
  }
  const dataDir = resolve(ROOT, process.env.BINA_DATA_DIR || '.bina')
  const wants = machineWants({ root: ROOT, dataDir, env: process.env })
  const problems = await checkMachine(wants)
  for (const { message } of problems) console.error(message)
  if (problems.length > 0) return 2

  const progress = createProgress(process.stderr)
  if (!(await installPackages({ root: ROOT, logFile: join(dataDir, 'npm-ci.log'), progress }))) return 1
  if (wants.kafka && (await fetchJars(dataDir)) !== 0) return 1
  return command === 'test' ? runTests(args) : runBina([command, ...args])
}

function fetchJars(dataDir) {
  const fetcher = 'packages/local-stack/src/fetch-kafka-jars.main.ts'
  return runChild(process.execPath, [...WITH_TSX, fetcher, join(dataDir, 'cache')], { cwd: ROOT })
}

function runBina(args) {
  return runChild(process.execPath, [...WITH_TSX, 'services/cli/src/main.ts', ...args], { cwd: ROOT })
}

async function runTests(args) {
  const dir = await mkdtemp(join(tmpdir(), 'bina-report-'))
  try {
    const reportFile = join(dir, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
    const runnerCode = await runChild(process.execPath, [vitest, 'run', ...reporters, ...args], { cwd: ROOT })
    const counts = countTests(await readFile(reportFile, 'utf8').catch(() => ''))
    const code = exitCodeOf(counts, runnerCode)
    console.log(closingLine(counts, code))
    return code
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
