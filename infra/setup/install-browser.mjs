// Before npm run test:browser: a Chromium, by the system's own packages where that may be done, else the words for what to type.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'

/** The same places as in packages/testkit/src/browser.ts. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

if (!places.some((path) => existsSync(path))) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]
  const failed = !mayInstall || steps.some((args) => spawnSync('apt-get', args, { stdio: 'inherit' }).status !== 0)
  if (failed) {
    console.error(`No Chromium is at ${places.join(' or ')}. On Debian, as root: apt-get install chromium`)
    process.exitCode = 2
  }
}
