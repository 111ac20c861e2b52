import { spawn } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { hasWhatLockAsks, lockHash, packagesFor } from './installed-packages.mjs'
import { npmFailure } from './npm-failure.mjs'

const MARKER = 'node_modules/.bina-lock-sha256'
const COUNT_EVERY_MS = 500

/** Installs packages from the lock file when they are missing or older than it. Gives false, with the reason told, when that fails. */
export async function installPackages({ root, logFile, progress }) {
  const lockText = await readFile(join(root, 'package-lock.json'), 'utf8')
  const hash = lockHash(lockText)
  const marker = join(root, MARKER)
  if ((await readText(marker)) === hash) return true
  const machine = { os: process.platform, cpu: process.arch, libc: libcOf() }
  if (!hasWhatLockAsks(await readText(join(root, 'node_modules/.package-lock.json')), lockText, machine)) {
    const paths = packagesFor(lockText, machine)
    const step = progress.step('Installing packages', paths.length)
    const counting = setInterval(() => step.update(countInstalled(root, paths)), COUNT_EVERY_MS)
    const code = await runNpm(root, logFile)
    clearInterval(counting)
    if (code !== 0) {
      step.fail()
      progress.line(`npm ci failed (exit ${code}); all that it said is in ${logFile}:`)
      progress.line(npmFailure(await readText(logFile)))
      return false
    }
    step.done(`${paths.length} packages`)
  }
  await writeFile(marker, hash)
  return true
}

async function runNpm(root, logFile) {
  await mkdir(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile)
  // The npm that runs us when there is one, so that its version and settings are the ones that the user chose.
  const npm = process.env.npm_execpath
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const args = [...before, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const code = await new Promise((done) => {
    child.once('error', (error) => {
      log.write(`${error.message}\n`)
      done(127)
    })
    child.once('close', done)
  })
  await new Promise((done) => log.end(done))
  return code
}

/** npm unpacks package.json with the rest of a package: where it is, the package is there or nearly so. */
function countInstalled(root, paths) {
  return paths.filter((path) => existsSync(join(root, path, 'package.json'))).length
}

function libcOf() {
  if (process.platform !== 'linux') return undefined
  return process.report?.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}

function readText(file) {
  return readFile(file, 'utf8').catch(() => '')
}
